/** What others wrote must not steer the terminal: control characters but tab and line feed are shown as U+FFFD. */
export const printable = (text: string): string => text.replaceAll('\r\n', '\n').replace(/[^\P{Cc}\t\n]/gu, '\ufffd')
