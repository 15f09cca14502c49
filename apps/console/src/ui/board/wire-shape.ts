// The line of a wire between two boxes, as an SVG path. Requests leave to the right in the upper half of a card, replies
// come back to the left in the lower half; replies that skip a column go over or under everything between.
import type { Box } from './layout.ts';

export interface WireShape {
  readonly path: string;
  readonly length: number;
  /** Where its label stands, clear of the line; null where cards leave no room for one. */
  readonly label: { readonly x: number; readonly y: number } | null;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** From the middle of a card: cards of different heights stand on one line, and so do their wires. */
const REQUEST_AT = -9;
const REPLY_AT = 21;
/** Arrow heads end a little in front of the card. */
const TIP = 3;
/** Half of the widest rate that is written beside a wire, with what keeps it from cards and line. */
const LABEL = { half: 30, away: 13 } as const;

export function requestShape(from: Box, to: Box): WireShape {
  const start = { x: from.x + from.width, y: middleOf(from) + REQUEST_AT };
  const end = { x: to.x - TIP, y: middleOf(to) + REQUEST_AT };
  return sideways(start, end, -1);
}

/** `back`: beside the request. Where other columns stand between: `around` them, or, from among other cards, `under` them. */
export type ReplyCourse = 'back' | 'around' | 'under';

export function replyShape(from: Box, to: Box, course: ReplyCourse): WireShape {
  if (course === 'around') return around(from, to);
  if (course === 'under') return under(from, to);
  const start = { x: from.x, y: middleOf(from) + REPLY_AT };
  const end = { x: to.x + to.width + TIP, y: middleOf(to) + REPLY_AT };
  return sideways(start, end, 1);
}

const middleOf = ({ y, height }: Box): number => y + height / 2;

/** `side`: -1 for a label above the line, 1 for one under it. */
function sideways(start: Point, end: Point, side: -1 | 1): WireShape {
  const bend = Math.max(Math.abs(end.x - start.x) / 2, 24) * Math.sign(end.x - start.x || 1);
  const a = { x: start.x + bend, y: start.y };
  const b = { x: end.x - bend, y: end.y };
  const label = besideMiddle(start, end, side);
  return { path: curve([start, a, b, end]), length: lengthOf([start, a, b, end]), label };
}

/** In its middle the curve is twice as steep as the chord: so much higher or lower it is at the label's ends. */
function besideMiddle(start: Point, end: Point, side: -1 | 1): Point | null {
  const width = Math.abs(end.x - start.x);
  if (width < 2 * LABEL.half) return null;
  const height = Math.abs(end.y - start.y);
  const rise = Math.min(height / 2, (2 * height * LABEL.half) / width);
  return { x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 + side * (rise + LABEL.away) };
}

/** Over the top from cards in the upper half, under the bottom from the others. */
function around(from: Box, to: Box): WireShape {
  const up = middleOf(from) <= middleOf(to);
  const side = up ? -1 : 1;
  const start = { x: from.x + from.width / 2, y: up ? from.y : from.y + from.height };
  const end = { x: to.x + to.width / 2, y: (up ? to.y : to.y + to.height) + side * TIP };
  const reach = up ? Math.min(start.y, end.y) : Math.max(start.y, end.y);
  const height = reach + side * (48 + Math.abs(start.x - end.x) * 0.08);
  const a = { x: start.x, y: height };
  const b = { x: end.x + (start.x - end.x) * 0.25, y: height };
  const label = { x: (start.x + end.x) / 2, y: (start.y + 3 * a.y + 3 * b.y + end.y) / 8 + (up ? -10 : 18) };
  return { path: curve([start, a, b, end]), length: lengthOf([start, a, b, end]), label };
}

/** From the side of a card that others stand over and under: to the left, below what is between, and up again. */
function under(from: Box, to: Box): WireShape {
  const start = { x: from.x, y: middleOf(from) + REPLY_AT };
  const end = { x: to.x + to.width / 2, y: to.y + to.height + TIP };
  const low = Math.max(start.y, end.y) + 48 + Math.abs(start.x - end.x) * 0.1;
  const a = { x: start.x - Math.abs(start.x - end.x) * 0.3, y: low };
  const b = { x: end.x + Math.abs(start.x - end.x) * 0.15, y: low };
  const label = { x: (start.x + end.x) / 2, y: (start.y + 3 * a.y + 3 * b.y + end.y) / 8 + 18 };
  return { path: curve([start, a, b, end]), length: lengthOf([start, a, b, end]), label };
}

/** A cubic Bezier curve: its start, its two control points, its end. */
type Curve = readonly [start: Point, a: Point, b: Point, end: Point];

const curve = ([start, a, b, end]: Curve): string => `M${round(start)}C${round(a)} ${round(b)} ${round(end)}`;

const round = ({ x, y }: Point): string => `${x.toFixed(1)} ${y.toFixed(1)}`;

/** Close enough for the speed of dots: halfway between the chord and the control polygon. */
function lengthOf([start, a, b, end]: Curve): number {
  const distance = (p: Point, q: Point) => Math.hypot(p.x - q.x, p.y - q.y);
  return (distance(start, end) + distance(start, a) + distance(a, b) + distance(b, end)) / 2;
}

/** 1.5 without traffic, up to 5 for the busiest wire. A square root, so that small traffic beside large is seen. */
export const wireWidth = (rate: number, busiest: number): number =>
  rate > 0 && busiest > 0 ? 1.8 + 3.2 * Math.sqrt(Math.min(1, rate / busiest)) : 1.5;

/** How many dots move on a wire: none without traffic, at most three. */
export const dotsOn = (rate: number, busiest: number): number =>
  rate <= 0 ? 0 : Math.max(1, Math.round(3 * Math.sqrt(Math.min(1, rate / Math.max(1, busiest)))));

/** Seconds for a dot to travel the wire: a bounded speed, whatever the traffic. */
export const dotSeconds = (length: number): number => Math.max(1.1, length / 95);
