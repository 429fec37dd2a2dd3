import { html } from 'htm/preact';

const icon = (path: string) => () =>
  html`
  <svg class="glyph" viewBox="0 0 20 20" aria-hidden="true"><path d=${path} /></svg>
`;

export const SendIcon = icon('M3.5 10 17 3.5 12.5 17l-3-5.5L3.5 10Zm6 1.5 3.5-4');
export const AttachIcon = icon('m14.5 9-5 5a3 3 0 0 1-4.2-4.2l6-6a2 2 0 0 1 2.9 2.9l-6 6a1 1 0 0 1-1.4-1.4l5-5');
export const CloseIcon = icon('m5.5 5.5 9 9m0-9-9 9');
export const PlusIcon = icon('M10 4.5v11M4.5 10h11');
export const ResetIcon = icon('M4.5 4v3.5H8M4.8 7.5a6 6 0 1 1-.7 4');
export const TourIcon = icon('M5.5 17V3.5h9l-2 3.25 2 3.25h-9');
