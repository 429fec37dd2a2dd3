import { findAll, type Stretch, strike, strikeOut, struck, struckWord } from './mask.ts';
import { findLongWords } from './vocabulary.ts';

/** What a told training says in whole phrases, not in fields: 在报告厅听了教务处组织的…讲座. */
export interface Narration {
  readonly place: string | null;
  readonly organiser: string | null;
  /** An event that its noun shows: 意识形态专题报告, 中层干部轮训班; never a bare 培训 or 党课. */
  readonly title: string | null;
  readonly stretches: readonly Stretch[];
}

const attending =
  '(?:听|参加|参与|学习|学了|学过|上[了过课]|观看|看了|开了|开会|举[办行]|进修|培训(?!楼|中心|基地|部)|轮训|接受|进行|聆听|收[听看]|挂职|集训|参训|受训|见学|考察|调研|研修)';
/** 在 X 听了, 去 X 培训: X is a place when it is no thing to do and no condition. */
const place = new RegExp(
  '(?<![现存正所到])(?:在|去了?|到|赴|于)(?!线|网|家|职|岗|那|这|了|会上|听|参[加与]|学[习了过]|上[了课过]|看|开[了会展]|进[修行]|培训|接受|一[起块同])' +
    `(?<place>[\\p{L}\\p{N}]{2,20}?)(?:里面|里|内|那边|那儿)?(?=${attending})`,
  'u',
);
/** No name of a place holds these. */
const noPlace = /[的了我们]|参加|听|组织|举办|[上中下前后时期]$/;

const unit = '(?:部|处|委|校|院|室|会|厅|局|办|科|系|中心|集团|支部|馆|团)';
const organiser = new RegExp(
  `(?:(?<![\\p{L}\\p{N}])|(?<=由|我|参加|参加了|听|听了|去|上|上了|的))(?<lead>由)?(?<organiser>(?!组织(?!部))(?:(?!参加)[^\\P{L}由赴去听的了到在我]|\\p{N}){1,20}?${unit})(?:组织(?!部)|主办|举办|承办|牵头|安排)(?:了|的)?`,
  'u',
);

const companion = /(?:和|跟|与|同)(?<people>[\p{Script=Han}、]{1,8}?)(?:一起|一同|一块儿?|共同)(?:去?的|去)?/gu;

/** What a training is called by; the longest first. */
const event =
  '(?:辅导报告|报告会|报告|讲座|党课|公开课|培训班|轮训班|研讨班|研修班|进修班|学习班|培训会|宣讲会|宣讲|座谈会|研讨会|研讨|教育大会|大会|论坛|讲坛|工作坊|主题教育|警示教育|教育|辅导|培训|课程|轮训|沙龙|推进会|部署会|会议|会|班|课)';
const isEvent = new RegExp(`${event}$`, 'u');
const content = '(?:理论|党性|专业化能力|专业能力|业务能力|业务培训|知识培训|综合知识)';
/** Where a name ends: a mark, something understood, or a word that leads to the next thing. */
const nameEnd = `(?=$|[^\\p{L}\\p{N}（(·—-]|是|属于|属|算|一共|总共|共|大概|大约|然后|还有|内容|类别|方式|时长|时间|记|给|请|帮|挺|感觉|主讲|讲[了的]|开了|有|由|已|${content})`;
const lead = `(?:(?:参加|听取|聆听|听|观看|看|学习|上|开|参与)(?:了|过|完|的)?|${struck}(?!${struck})的?)(?:[${struck}\\s]|的|了|一?[个场次堂期]|这[个场]|那[个场]){0,40}`;
const name = new RegExp(
  `${lead}(?<name>(?!的|了|我|由|在|去|参加|参与|聆?听|观看|看了|上[了过]|学习了|开了|接受|组织|举[办行]|召开|开展|说|有)[\\p{L}\\p{N}（）()·—-]{2,40}?${event})${nameEnd}`,
  'gu',
);
/** Says nothing about which training it was. */
const general =
  /专题|集中|业务|学校|学院|单位|部门|处里|院里|今天|昨天|上午|下午|晚上|线上|网上|网络|在线|干部|全校|全院|我们|那个|这个|相关|有关|学习|理论|党性|教育|一起|大家|组织|举办/g;
/** 李书记讲的, 单位安排的: a sentence stands before the name. */
const sentence = /^一[个场次期]|的|了|我(?![国校院省市党])|讲|[没未]|参加|听|去|昨|今|觉得|感觉|登记|记/;

/** Whether words name one training: an event's noun at the end, and more than generalities before it. */
export function namesTraining(words: string): boolean {
  if (!isEvent.test(words) || /[上加值]班$|^(?:举[行办]|召开|开展|说|有)/.test(words)) return false;
  const about = words.replace(isEvent, '');
  if (sentence.test(about.replace(aboutWhat, ''))) return false;
  const left = about.replace(general, '').replace(events, '');
  return (words.match(/\p{Script=Han}/gu)?.length ?? 0) >= 4 && left.length >= 2;
}

/** 关于深化改革的…: belongs to the name, 的 and all. */
const aboutWhat = /^关于|(?<=^关于.{1,30})的|党的(?=[二建十])/gu;
const events = new RegExp(event, 'gu');

/** Whether one run of words ends as the name of an event does and is more than its noun: 党性教育专题培训班, not 专题培训. */
export const endsAsEvent = (words: string): boolean =>
  /^[\p{L}\p{N}（）()·—-]{6,}$/u.test(words) &&
  isEvent.test(words) &&
  !/[改把将]|^(?:内容|类别|方式|学时|日期|时间)/.test(words);

const phrases = /[在去到赴于由听看上开]|参加|参与|学习|组织|主办|举办|承办|牵头|安排|的\p{L}/u;

/** Reads the phrases of a normalised text from which titles, fields, days and amounts are struck out. */
export function readNarration(text: string, hasTitle: boolean): Narration {
  const stretches: Stretch[] = [];
  // A line of fields holds no phrase, and is read at once.
  if (!phrases.test(text)) return { place: null, organiser: null, title: null, stretches };
  let left = text;
  const take = (stretch: Stretch): void => {
    stretches.push(stretch);
    left = strikeOut(left, [stretch]);
  };
  const found = organiser.exec(left);
  if (found !== null) take({ start: found.index, end: found.index + found[0].length });
  const where = place.exec(left);
  const said = where?.groups?.['place'] ?? '';
  const isPlace = where !== null && !noPlace.test(said) && findLongWords(said).length === 0;
  if (isPlace) take({ start: where.index, end: where.index + where[0].length });
  const titles = hasTitle ? [] : findNames(left);
  const [title, ...others] = titles;
  if (title !== undefined && others.length === 0) {
    take({ start: title.start, end: title.start + title.words.length });
  }
  return {
    place: isPlace ? said : null,
    organiser: found?.groups?.['organiser'] ?? null,
    title: others.length === 0 ? (title?.words ?? null) : null,
    stretches: stretches.sort((a, b) => a.start - b.start),
  };
}

function findNames(text: string): { words: string; start: number }[] {
  return findAll(text, name).flatMap(({ 0: whole, index, groups = {} }) => {
    const words = groups['name'] ?? '';
    return namesTraining(words) ? [{ words, start: index + whole.length - words.length }] : [];
  });
}

const together = /一[起同块]|共同/;

/** Takes out who else was there: 和王芳一起. */
export function readCompanions(text: string): { readonly people: readonly string[]; readonly left: string } {
  const found = together.test(text) ? findAll(text, companion) : [];
  return {
    people: found.map(({ groups = {} }) => groups['people'] ?? ''),
    left: strikeOut(
      text,
      found.map(({ 0: words, index: start }) => ({ start, end: start + words.length })),
    ),
  };
}

/** What people say around a training while they talk. */
const chatter = new RegExp(
  '上午|下午|晚上|早上|中午|夜里|一[个场次期](?:会议?|报告|讲座)?|请?予以?登记|请(?:登记|记录)|[帮给](?:我|忙|老子)?(?:记|登记)(?:一?下|上)*|麻烦您?|劳驾|拜托|登记(?:一下|上)|记录?一下|记上|报一下|补登(?:一?下)?|[帮给]我|帮忙' +
    '|谢谢您?|多谢|辛苦了?|[您你]好|老师好?|同志|小簿|嗯+|呃+|额|那个|这个|就是|然后|其实|大概|大约|的话|时长|用时|属于|算是|内容[是为]|类别[是为]|(?:培训|学习|集训|参训)了?|听课了?|听了?课|收?聆?听了?|收看了?|[上开]了?[课会]|[上去开]了|(?:参加|接受|进行|开展)[了过]?的?|已参加|临时|特此|报告[:：]|党课|共计|合计|总共|上班|调休|补班|一整|整个|全程|单位|今天|本人|老子',
  'gu',
);
/** The same at the edge of what is left. */
const edge = '[你您把也又就还都请的了我俺咱于共在给儿现去是算到有过呗哈啊呀吧哦噢咯哩哎喂讲听开上为]';
const edges = new RegExp(`(?<!\\p{L})${edge}+|[的了呗哈啊呀吧哦噢咯哩]+(?!\\p{L})`, 'gu');

/** Strikes out talk, for looking whether anything is left that was not used. */
export const strikeChatter = (text: string): string =>
  strike(strike(text, chatter), edges).replaceAll(struckWord, struck);

const forOthers =
  /(?:帮|给|替|为)(?!我(?!们)|自己|本人|俺|咱(?!们)|老子|忙|记|登|补|报|期|了)[\p{Script=Han}]{1,10}?(?:登记|记|报|补登|录)/u;
const manyPeople =
  /我们[处院系科室部单位学门]{0,3}(?:的人|同志|几个|全体|都|[一二两三四五六七八九十几\d]{1,3}个?人|大家|里?小)|大家|每个?人|人均|各记|各\d|统一登?记|全[处院校科部室](?:同志|人员|的人|老师|体)|(?<![其吉])[他她]们?(?:昨|今|前|上|参加|听|去|也|都|在)|同事们|我(?:老婆|爱人|媳妇|老公|先生|太太|儿子|女儿|孩子|同事|领导|徒弟|家里)(?!一[起同块]|组织|讲|作)/u;
const surnames =
  '王李张刘陈杨黄赵吴徐孙马朱胡郭何林罗郑梁谢宋唐许邓韩冯曹彭曾肖田董潘袁蔡蒋余杜叶程魏苏吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏付邹熊白孟秦邱侯江尹薛闫段雷龙史陶贺毛郝顾龚邵万覃武钱戚严欧莫孔';
/** 王芳昨天参加了, 小李也去了: the sentence has somebody else for its subject. */
const otherSubject = new RegExp(
  `^(?:那个|嗯|请|我们[处院科部])?[\\s，,]*(?:[小老][${surnames}]|(?:[${surnames}]|周(?![一二三四五六日天末\\d]))[\\p{Script=Han}]{1,2}?)(?:老师|处长|院长|主任|书记|科长|部长|校长)?(?=昨|今[天日早儿]|前天|上个?[周月星]|周[一二三四五六日]|\\d|参加|听了|去了?|也)`,
  'u',
);

const fullName = new RegExp(
  `^(?:(?:欧阳|上官|司马|诸葛|司徒)\\p{Script=Han}{1,2}|[${surnames}周]\\p{Script=Han}{1,2}|.{0,8}(?:处长|院长|主任|书记|科长|部长|校长|老师))$`,
  'u',
);

/** Whether words may be somebody's name: a surname and one or two characters, or an office. */
export const mayBeName = (words: string): boolean => fullName.test(words);

/** Whether a sentence tells of other people's training, or of several people's. */
export const isAboutOthers = (text: string): boolean =>
  forOthers.test(text) || manyPeople.test(text) || otherSubject.test(text);
