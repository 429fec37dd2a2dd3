/** What is said around a request, or instead of one. */
export type Courtesy = 'thanks' | 'greeting' | 'calm';

const greetingWords =
  '你好|您好|早上好|早安|上午好|中午好|下午好|晚上好|晚安|早(?![上晨饭])|在不在|在吗|在么|有人吗|老师好?|小簿|学时簿|机器人|哈喽|哈啰|嗨|喂|同志们?|领导|hi|hello';
const thanksWords = '谢谢|谢了|谢啦|多谢|感谢|辛苦|麻烦|拜托|劳驾|有劳|thanks|thank you|thx';
const particles = '(?:老师|大家|同志|领导|各位|[您你了啦啊呀哈哦喽呢吧的们])';
const marks = '[\\s，,。.!！~、…]';

const picture = /\p{Extended_Pictographic}|\p{Emoji_Modifier}/gu;
const greetingAhead = new RegExp(
  `^(?:(?:${greetingWords}){1,3}${particles}{0,3}(?:${marks}+|(?=[我帮请麻昨今前上有怎什])))+(?=[^]{2})`,
  'iu',
);
const thanksBehind = new RegExp(`${marks}+(?:先)?(?:${thanksWords})${particles}{0,4}${marks}*$`, 'iu');

/** The request in a text, without greeting, thanks and pictures around it. */
export const withoutCourtesy = (text: string): string =>
  text.replace(picture, ' ').trim().replace(greetingAhead, '').replace(thanksBehind, '').trim();

const yes = '(?:好|好的|行|可以|收到|知道|明白|嗯|太好|哦)了?';
const onlyThanks = new RegExp(`^(?:${yes}${marks}*)*(?:(?:${thanksWords})${particles}{0,4}${marks}*)+$`, 'iu');
const onlyGreeting = new RegExp(`^(?:(?:${greetingWords})${particles}{0,3}${marks}*)+$|^你是谁|^你叫什么`, 'iu');
const abuse =
  /傻[逼比叉子]|[滚操]|垃圾|废物|破玩意|破系统|破机器|什么玩意|[真太]笨|笨蛋|弱智|智障|他妈|妈的|有病|混蛋|王八|去死|烦死|讨厌|脑残|[难不]好?用死|fuck|shit/iu;

/** A text that holds nothing but manners, good or bad; null when it may ask for something. */
export function readCourtesy(text: string): Courtesy | null {
  const said = text.replace(picture, ' ').trim();
  if (said.length > 30) return null;
  if (onlyThanks.test(said)) return 'thanks';
  if (onlyGreeting.test(said)) return 'greeting';
  return abuse.test(said) ? 'calm' : null;
}
