import { countLength } from '../../domain/text-length.ts';

const shortest = 4;
/** What people say while they think, or to end a talk: it explains nothing to anybody. */
const filler =
  /谢谢|辛苦了?|知道了?|明白了?|收到|好[的吧啊]|行[的吧啊]|可以|没问题|不知道|稍等|等一?[下会]儿?|等等|马上|回头再?说?|再说|[让容]?我?先?再?(?:[想看]一[想看下]|[想看]{2}|考虑一下)|嗯|哦|噢|啊|呃|额|哈|呵|唉|吧/g;

/** Whether words can stand as a reason that somebody else reads: four characters or words beside mere fillers. */
export const isReason = (said: string): boolean => countLength(said.replace(filler, '')) >= shortest;
