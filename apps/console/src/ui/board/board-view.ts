'use client';
import { type FitViewOptions, useReactFlow, useStore } from '@xyflow/react';
import { useCallback, useEffect, useRef } from 'react';

export const fitting: FitViewOptions = {
  padding: { top: '46px', bottom: '52px', left: '24px', right: '24px' },
  maxZoom: 1,
};

/** On a phone cards stay legible, and the board is moved under the finger. */
const PHONE = 600;
const fittingFor = (width: number): FitViewOptions =>
  width < PHONE ? { ...fitting, minZoom: 0.66 } : fitting;

/** The part of the board that is shown: all of it, also when the canvas changes its size, until somebody moves the view. */
export function useBoardView() {
  const { fitView, zoomIn, zoomOut } = useReactFlow();
  const moved = useRef(false);
  const width = useStore((canvas) => canvas.width);
  const height = useStore((canvas) => canvas.height);
  useEffect(() => {
    if (width > 0 && height > 0 && !moved.current) void fitView(fittingFor(width));
  }, [width, height, fitView]);
  const fit = useCallback(() => {
    moved.current = false;
    void fitView(fittingFor(width));
  }, [width, fitView]);
  const zoom = useCallback(
    (way: 'in' | 'out') => {
      moved.current = true;
      void (way === 'in' ? zoomIn() : zoomOut());
    },
    [zoomIn, zoomOut],
  );
  /** Of moves that we make ourselves there is no event. */
  const onMoveStart = useCallback((event: MouseEvent | TouchEvent | null) => {
    if (event !== null) moved.current = true;
  }, []);
  return { fit, zoom, onMoveStart };
}

export type BoardView = ReturnType<typeof useBoardView>;
