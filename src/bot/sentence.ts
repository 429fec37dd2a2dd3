import { text as say } from '../messenger/reply.ts';
import { logTexts } from '../texts/hours.ts';
import { speechTexts as texts } from '../texts/speech.ts';
import { mayUse } from './command.ts';
import type { Context } from './context.ts';
import { type Finding, finding, readAs } from './finding.ts';
import { guess, type Heard, hear } from './listen.ts';
import { readCourtesy, withoutCourtesy } from './text/courtesy.ts';
import { type Fact, findIntent } from './text/intents.ts';
import { readDeskRequest } from './text/requests.ts';
import { readTold } from './text/speech.ts';
import { readStory } from './training-words.ts';

/** Characters of a sentence in one's own words. */
const longest = 400;

/** What reading a sentence needs to know: no store. */
export type Listener = Pick<Context, 'commands' | 'me' | 'today' | 'now' | 'policy'>;

/**
 * What a sentence means that begins with no command's name, or runs on behind one: a request in everyday words, the
 * story of a training, or manners alone.
 *
 * @param heard the command whose name it begins with; it wins unless the sentence clearly says something else
 */
export function readSentence(context: Listener, text: string, heard: Heard | null): Finding | null {
  if (text.length > longest) return null;
  const request = withoutCourtesy(text);
  const named = request === text ? null : hear(request, context.commands);
  if (named !== null && !named.runsOn) return readAs(context, named.command, named.rest, null);
  if (heard === null || heard.command.name === '帮助') {
    const manners = readCourtesy(text);
    if (manners !== null) return { reply: say(texts[manners]) };
  }
  return readMeaning(context, request) ?? readTraining(context, request, named ?? heard);
}

/** The request that a sentence makes in everyday words, as the first of its meanings that the speaker may have. */
export function readMeaning(context: Listener, text: string): Finding | null {
  return readRequest(context, text) ?? readIntent(context, text);
}

/** What only those who open classes may ask for, in a sentence that for others tells of a training. */
function readRequest(context: Listener, text: string): Finding | null {
  const opening = context.commands.find(({ name }) => name === '建班');
  if (opening === undefined || !mayUse(opening.who, context.me) || text.length > longest) return null;
  const line = readDeskRequest(withoutCourtesy(text), context.today, context.policy);
  const heard = line === null ? null : hear(line, context.commands);
  return heard === null ? null : readAs(context, heard.command, heard.rest, null);
}

function readIntent(context: Listener, text: string): Finding | null {
  const means = text.length > longest ? [] : (findIntent(withoutCourtesy(text), context.today)?.means ?? []);
  for (const meaning of means) {
    if ('fact' in meaning) return { reply: say(tell(context, meaning.fact)) };
    const heard = hear(meaning.line, context.commands);
    const isNamed = heard !== null && heard.command.name === meaning.line.split(' ')[0];
    if (!isNamed) continue;
    if (!mayUse(heard.command.who, context.me)) continue;
    // 选择 only passes on to another command.
    const target = heard.command.name === '选择' ? hear(heard.rest, context.commands) : heard;
    if (target !== null && mayUse(target.command.who, context.me))
      return readAs(context, heard.command, heard.rest, null);
  }
  return null;
}

function tell({ policy }: Listener, fact: Fact): string {
  return fact === 'own-only'
    ? texts.ownOnly
    : texts.reflectionRules(policy.reflection.minLength, policy.reflection.dueDays);
}

/** A training told in one's own words becomes a draft of 登记, or the sentence that says why it does not. */
function readTraining(context: Listener, text: string, heard: Heard | null): Finding | null {
  const log = context.commands.find(({ name }) => name === '登记');
  const told = readTold(text, context.today, context.policy);
  if (log === undefined || told === null) return null;
  const isLog = heard?.command.name === '登记';
  if (heard !== null && !isLog && !told.isDated) return null;
  // Whether somebody took part is nobody's business in a group: whatever is said of it belongs to 登记.
  if (told.type === 'refused')
    return isLog && told.why !== 'others' ? null : { about: log, reply: say(logTexts.refused[told.why]) };
  if (told.type === 'training') {
    const isUnsure = heard === null && !told.isSure;
    if (isUnsure && guess(text, context.commands) !== null) return null;
    return finding(log, readStory(told.reading));
  }
  if (heard !== null || guess(text, context.commands) !== null) return null;
  return { about: log, reply: say(texts.hint(told.words)) };
}
