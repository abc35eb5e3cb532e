/**
 * Shows a notification of the browser, where the person allowed that and looks elsewhere; a click brings the page back.
 * @param tag a later one of the same tag takes its place
 * @returns takes it back
 */
export function noticeElsewhere(title: string, text: string, tag: string): () => void {
  if (!document.hidden || !('Notification' in window) || Notification.permission !== 'granted')
    return () => {};
  const notice = new Notification(title, { body: text, tag });
  notice.addEventListener('click', () => {
    window.focus();
    notice.close();
  });
  return () => notice.close();
}
