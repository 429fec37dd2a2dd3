import type { Clock } from '../../clock.ts';
import { askEndpoint, createApi, type Endpoint, type FeishuApi } from './api.ts';
import { createRequest, type HttpParts } from './http.ts';
import type { FeishuSettings } from './settings.ts';
import { createTokens, withToken } from './token.ts';

export interface OpenFeishuApi {
  readonly api: FeishuApi;
  /** Where a long connection is opened, if it is let in. @throws FeishuApiError */
  askEndpoint(signal?: AbortSignal): Promise<Endpoint>;
  /** Milliseconds by which this machine's clock is ahead of the platform's, which may not tell the time, or not be reached. */
  skew(): Promise<number | 'not told' | 'unreachable'>;
}

/** The platform's interface, with its tokens. The SDK is loaded here. */
export async function openFeishuApi({
  settings,
  clock,
  log,
  ...http
}: HttpParts & {
  readonly settings: FeishuSettings;
  readonly clock: Clock;
  readonly log: { warn(fields: object, message: string): void };
}): Promise<OpenFeishuApi> {
  const { createClient } = await import('./sdk.ts');
  const request = createRequest(http);
  const tokens = createTokens({ settings, request, clock });
  return {
    api: createApi(createClient(settings, withToken(request, tokens), log)),
    askEndpoint: (signal = AbortSignal.timeout(10_000)) => askEndpoint(request, settings, signal),
    skew: async () => {
      try {
        const { headers } = await fetch(settings.domain, {
          method: 'HEAD',
          redirect: 'manual',
          signal: AbortSignal.timeout(10_000),
        });
        const theirs = Date.parse(headers.get('date') ?? '');
        return Number.isNaN(theirs) ? 'not told' : Date.parse(clock.now()) - theirs;
      } catch {
        return 'unreachable';
      }
    },
  };
}
