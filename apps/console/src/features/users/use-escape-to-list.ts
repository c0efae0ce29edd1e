import { useEffect } from 'react';
import { useNavigate } from 'react-router';

/** Esc goes back to the list, unless something on the page has a nearer use for it (a field, the dialog). */
export function useEscapeToList(list: string): void {
  const navigate = useNavigate();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      if (event.target instanceof Element && event.target.closest('input, [role="alertdialog"]')) return;
      void navigate(list);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [navigate, list]);
}
