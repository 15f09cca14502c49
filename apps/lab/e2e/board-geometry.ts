// What lies where on the board, in pixels of the screen, and what of that is wrong.
import { expect, type Page } from '@playwright/test';

interface Point {
  readonly x: number;
  readonly y: number;
}

interface Rectangle extends Point {
  readonly name: string;
  readonly width: number;
  readonly height: number;
}

interface Card extends Rectangle {
  readonly id: string;
  /** The frame around many real servers. */
  readonly frame: boolean;
}

export interface BoardGeometry {
  readonly canvas: Rectangle | null;
  readonly cards: readonly Card[];
  /** Titles of columns, and figures beside wires. */
  readonly captions: readonly Rectangle[];
  readonly panels: readonly Rectangle[];
  /** Names that do not fit their card. */
  readonly cut: readonly string[];
  /** Along each wire, from its start to its end. */
  readonly wires: readonly {
    readonly from: string;
    readonly to: string;
    readonly points: readonly Point[];
  }[];
  /** Of the smallest name, address or figure on a card. */
  readonly textPx: number;
}

/** Waits until the board is drawn, and reads it. */
export async function readBoard(page: Page): Promise<BoardGeometry> {
  await expect(page.locator('.react-flow__edge path').first()).toBeAttached();
  return page.evaluate(read);
}

/** Runs in the page. */
function read(): BoardGeometry {
  const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)];
  const box = (element: HTMLElement): Rectangle => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return { name: element.getAttribute('aria-label') ?? element.textContent, x, y, width, height };
  };
  const viewport = all('.react-flow__viewport')[0];
  const scale = viewport ? new DOMMatrix(getComputedStyle(viewport).transform).a : 1;
  const texts = all('.react-flow__node :is(.truncate, .mono, b)').filter(
    ({ textContent }) => textContent !== '',
  );
  const STEPS = 24;
  return {
    canvas: all('.react-flow').map(box)[0] ?? null,
    cards: all('.react-flow__node').map((node) => ({
      ...box(node),
      id: node.dataset['id'] ?? '',
      frame: node.classList.contains('react-flow__node-frame'),
    })),
    captions: all('[data-caption], .react-flow__edgelabel-renderer > div').map(box),
    panels: all('.react-flow__panel').map(box),
    cut: all('.react-flow__node .font-semibold')
      .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
      .map(({ textContent }) => textContent),
    wires: all('.react-flow__edge').flatMap((edge) => {
      const path = edge.querySelector('path');
      const matrix = path?.getScreenCTM();
      if (!path || !matrix) return [];
      const points = Array.from({ length: STEPS + 1 }, (_, i) => {
        const { x, y } = path.getPointAtLength((path.getTotalLength() * i) / STEPS).matrixTransform(matrix);
        return { x, y };
      });
      const [to = '', from = ''] = (edge.dataset['id'] ?? '').split(' ').toReversed();
      return [{ from, to, points }];
    }),
    textPx: Math.min(...texts.map((text) => Number.parseFloat(getComputedStyle(text).fontSize))) * scale,
  };
}

/** Everything that makes the board hard to read, one line each. */
export function faults({ canvas, cards, captions, panels, cut, wires }: BoardGeometry): string[] {
  const solid = cards.filter(({ frame }) => !frame);
  const onTop = (over: readonly Rectangle[], under: readonly Rectangle[]) =>
    over.flatMap((a) =>
      under.filter((b) => a !== b && overlap(a, b)).map((b) => `${a.name} lies on ${b.name}`),
    );
  return [
    ...onTop(solid, solid),
    ...onTop(captions, cards),
    ...onTop(captions, captions),
    ...onTop(panels, cards),
    ...onTop(panels, captions),
    ...cards
      .filter((card) => canvas === null || !within(card, canvas))
      .map(({ name }) => `${name} is outside`),
    ...cut.map((name) => `${name} is cut off`),
    ...wires.flatMap((wire) => wireFaults(wire, cards)),
  ];
}

/** Wires may end a little in front of a card, for their arrow's head. */
const TOUCHES = 6;

function wireFaults({ from, to, points }: BoardGeometry['wires'][number], cards: readonly Card[]): string[] {
  const name = `the wire ${from} - ${to}`;
  const [start, end] = [cards.find(({ id }) => id === from), cards.find(({ id }) => id === to)];
  const [first, last] = [points[0], points.at(-1)];
  if (!start || !end || !first || !last) return [`${name} leads from or to nothing`];
  const others = cards.filter((card) => card !== start && card !== end && !inFrame(card, [start, end]));
  return [
    ...(offBorder(first, start) > TOUCHES ? [`${name} does not begin at ${start.name}`] : []),
    ...(offBorder(last, end) > TOUCHES ? [`${name} does not end at ${end.name}`] : []),
    ...others
      .filter((card) => points.some((at) => holds(card, at)))
      .map((card) => `${name} crosses ${card.name}`),
  ];
}

const overlap = (a: Rectangle, b: Rectangle): boolean =>
  a.x + a.width > b.x + 1 && b.x + b.width > a.x + 1 && a.y + a.height > b.y + 1 && b.y + b.height > a.y + 1;

const within = (a: Rectangle, b: Rectangle): boolean =>
  a.x >= b.x && a.y >= b.y && a.x + a.width <= b.x + b.width && a.y + a.height <= b.y + b.height;

const inFrame = (card: Card, ends: readonly Card[]): boolean =>
  ends.some((end) => end.frame && within(card, end));

const holds = ({ x, y, width, height }: Rectangle, at: Point): boolean =>
  at.x > x + 1 && at.x < x + width - 1 && at.y > y + 1 && at.y < y + height - 1;

/** How far a point is from the nearest edge of a rectangle. */
function offBorder(at: Point, { x, y, width, height }: Rectangle): number {
  const outside = Math.hypot(
    Math.max(x - at.x, 0, at.x - x - width),
    Math.max(y - at.y, 0, at.y - y - height),
  );
  if (outside > 0) return outside;
  return Math.min(at.x - x, x + width - at.x, at.y - y, y + height - at.y);
}
