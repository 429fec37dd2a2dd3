// Makes noto-sans-sc-gb2312.ttf, see README.md beside this file. Its two packages are installed for the occasion.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(join(process.cwd(), 'package.json'));
const subsetFont = require('subset-font');
const whole = require.resolve('@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf');

/** Rare characters of people's names that GB2312 lacks. */
const names = '䶮㛃佖堃愃焃犇聭赟郠頔龘𫖮𬀩昇喆珺璟祎翀晞彧旻昉淏湉溦澍犟玥珅琎琰甯畯祐禕筠翾芃苡苧茗荇蓥赪鑫镕靓頫頵飏骉骕骦鵬麤龑仝侴倢偲傢冇冔剀勍叚吋喦嘢囍堉塱壵夆奡妘姞婳嫄嬿孖宬屾岽峣崚崟崴嵚嶶巘幵庹弢彣彤徫忞恺悰惇惪慜憙戬抦拴挼掞揆搴摛撖敉斐旸昳昶晅晊晔晗晖晙暐暕暠曈曌朓杺枥柷栻桉桢桷梓棽楙榕槭樾橒欤歆殳毓毖氚沄沚沨泂泃泓泠泱泷洄洢洣洮洺浉浛浠浡浥浯涞涴淇淙淦渌渟湜湲湳溍溱滘滢滪漪潆潏潞潢澔澧澴濂濛濯瀛瀚灏炆炘炜炟炫烜烨焓焜焱煊煜熙熠熹爔爟牂犨猷玎玕玙玚玠玢玦玭玮玳玶玹珂珈珉珏珑珖珙珝珞珠珣珦珧珩珪珮珰珹琀琇琚琛琤琦琨琪琬琮琯琲琳琴琼瑀瑁瑄瑅瑆瑔瑗瑛瑜瑞瑢瑨瑭瑱瑶瑷瑾璁璆璇璈璋璎璐璘璠璥璧璨璩璪璲璺';
/** What charts say beside hanzi: ASCII and Latin-1, dashes, signs. */
const signs = range(0x20, 0x7e) + range(0xa0, 0xff) + '\u2013\u2014\u2022\u2027\u2212✓〇・㎡①②③④⑤⑥⑦⑧⑨⑩℃％‰';

/** Every character of GB2312: 94 rows of 94. */
function gb2312() {
  const decode = new TextDecoder('gb18030');
  let characters = '';
  for (let row = 0xa1; row <= 0xf7; row += 1) {
    for (let cell = 0xa1; cell <= 0xfe; cell += 1) characters += decode.decode(Uint8Array.of(row, cell));
  }
  return characters.replace(/[\p{Co}\uFFFD]/gu, '');
}

function range(from, to) {
  return String.fromCodePoint(...Array.from({ length: to - from + 1 }, (_, i) => from + i));
}

const font = await subsetFont(readFileSync(whole), gb2312() + names + signs, {
  targetFormat: 'truetype',
  noLayoutClosure: true,
});
const target = join(import.meta.dirname, 'noto-sans-sc-gb2312.ttf');
writeFileSync(target, font);
console.log(`${target}: ${font.length} bytes`);
