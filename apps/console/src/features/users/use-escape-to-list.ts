import { useEffect } from 'react';
import { useNavigate } from 'react-router';

/**
 * Esc goes back to the list, unless something on the page has a nearer use for it (a field, the dialog).
 *
 * @param list the list's URL
 * @param isFromList the list is the entry before this one: going back finds it as it was left
 */
export function useEscapeToList(list: string, isFromList: boolean): void {
  const navigate = useNavigate();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      if (event.target instanceof Element && event.target.closest('input, [role="dialog"]')) return;
      if (isFromList) void navigate(-1);
      else void navigate(list);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [navigate, list, isFromList]);
}
