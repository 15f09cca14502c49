'use client';
import { type RefObject, useEffect, useRef, useState } from 'react';

/** Remembers what has the focus now, and gives a function that puts it back there. */
export function useFocusBack(): () => void {
  const [opener] = useState(openerNow);
  return () => focusOr(opener);
}

/** Focuses an element while it can be; otherwise the page's content, so that Tab goes on from there. */
export function focusOr(element: HTMLElement | null): void {
  if (element?.isConnected) element.focus();
  if (element !== null && document.activeElement === element) return;
  const content = document.querySelector<HTMLElement>('#content');
  if (!content) return;
  content.tabIndex = -1;
  content.focus({ preventScroll: true });
}

/** For a button that goes once its work is done: says that it was pressed; when it is `gone`, what is next to it has the focus. */
export function useFocusAfter(gone: boolean, next: RefObject<HTMLElement | null>): () => void {
  const pressed = useRef(false);
  useEffect(() => {
    if (!gone || !pressed.current) return;
    pressed.current = false;
    // Who went on meanwhile is left where they are.
    if (document.activeElement === document.body) focusOr(next.current);
  }, [gone, next]);
  return () => {
    pressed.current = true;
  };
}

/** An item of a menu goes with its menu: the menu's button stands for it. */
function openerNow(): HTMLElement | null {
  if (typeof document === 'undefined' || !(document.activeElement instanceof HTMLElement)) return null;
  const menu = document.activeElement.closest('[role=menu]');
  return menu === null
    ? document.activeElement
    : document.getElementById(menu.getAttribute('aria-labelledby') ?? '');
}
