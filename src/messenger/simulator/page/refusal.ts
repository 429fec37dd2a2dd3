import { html } from 'htm/preact';
import { useEffect, useRef } from 'preact/hooks';

/** Why a press did nothing, below what was pressed; brought into view. */
export function Refusal({ reason }: { reason: string }) {
  const element = useRef<HTMLParagraphElement>(null);
  useEffect(() => element.current?.scrollIntoView({ block: 'nearest' }), []);
  return html`<p ref=${element} class="refusal" role="alert">${reason}</p>`;
}
