import type { Clock } from '../clock.ts';
