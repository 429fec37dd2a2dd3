import { strike } from './mask.ts';

export type Refusal = 'negation' | 'question' | 'future';

/** 不对，是4学时: takes back a word of the sentence, not the training. */
const takingBack = /(?<!对)(?:不对|错了|[写说填记搞弄打]错了?)[\s，,]*(?:应该?)?(?=是(?![不否])|为|改[成为])/g;
export const takesBack = (text: string): boolean => text.search(takingBack) >= 0;

/** Hold a refusing word, mean none. */
const harmless =
  /不忘初心|不[止到足](?=\s?[\d半一两二三四五六七八九十])|不断|不懈|不仅|不少于|不[敢能想]腐|未来|未成年|未注明|[类级特分个区鉴辨识甄差国派性]别|如何[^。？?！!\n]{2,30}(?:讲座|报告|培训|辅导|课)|几何|出差|[前这那]几[天日]|几[位名]同[事志]/g;

/** 吗, 多少, 能不能: looked for first, because a question often holds a negation. */
const question =
  /[?？]|[吗呢嘛]|么(?=$|[\s。.，,！!])|什么|怎么|怎样|如何|为何|多少|几|哪|谁|啥|咋|多久|多长|何时|[是能可]否|能不能|可不可以|是不是|有没有|要不要|算不算|行不行|对不对|([\u4e00-\u9fff])[不没]\1|应该[算是]|请问|想问|问一?下|查一?下|查询|听说|据说|如果|假如|假设|要是|倘若|万一/;

const negation =
  /[没未不别勿甭]|无法|无需|无故|并非|[缺旷逃翘]课|缺席|缺勤|请假|旷[了课]|休假|错过|忘记?了?(?:去|参加|上课|听)|差点|险些|本应|本该|原定|取消|作废|撤[销回]|推[迟掉辞]|我推了|延期|改期|放弃|退出|拒绝|来不及|(?:记|弄|搞|填|写|登记?)错|误[记登报]|\b(?:not|no(?!\.?\s?\d)|never|cannot)\b|n't\b/i;

const future =
  /明[天日早晚年儿]|一会儿?[要去]|马上[要去就]|[快就]要去|等[^，,。\s]{0,8}再|大?后天|后[日年]|下下?(?:个?月|周|星期|礼拜|次|学期|半年|季度)|将[要于在会去来]|将参加|即将|打算|准备(?:参加|去|听|上|学|在|于|明|下|报)|计划(?:参加|去|听|上课|学习?|在|于|明|下|今|本|报)|拟(?:参加|于|定|在|报)|预[计定约]|报名|(?<![主重必纪])要(?:去|参加|听|上课|学习)|(?<![思理])想(?:去|参加|听|学|报)|希望(?:能|参加|去)|等(?:到|下|会|我)|待会|稍后|晚点|回头再|以后|改天|过[一两三四五六七八九十\d]{1,3}[天周个]|[\d一两三四五六七八九十]{1,3}\s?(?:天|周|个?星期|个?礼拜|个?月|年)[以之]?后(?!天)/;

/**
 * Why a sentence tells of no training that took place: it negates, asks, supposes or plans. Wider than it need be: a
 * refusal costs the person a second message, a wrong record costs trust.
 *
 * @param text normalised, titles struck out
 */
export function findRefusal(text: string): Refusal | null {
  const rest = strike(strike(text, takingBack), harmless);
  if (question.test(rest)) return 'question';
  if (negation.test(rest)) return 'negation';
  return future.test(rest) ? 'future' : null;
}
