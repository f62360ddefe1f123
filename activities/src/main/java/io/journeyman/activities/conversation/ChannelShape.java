package io.journeyman.activities.conversation;

import java.util.Locale;

/** Shapes a reply for its channel: short for WhatsApp, without signs that nobody can hear for voice, whole for pages. */
final class ChannelShape {
    private static final int PAGE = 4_000;
    private static final int WHATSAPP = 1_000;
    private static final int VOICE = 600;

    private ChannelShape() {}

    static String shaped(String channel, String text) {
        return switch (channel.toLowerCase(Locale.ROOT)) {
            case "whatsapp", "sms" ->
                cut(text.replaceAll("\\*\\*(.+?)\\*\\*", "*$1*").replaceAll("(?m)^#+\\s*", ""), WHATSAPP);
            case "voice" ->
                cut(
                        text.replaceAll("(?m)^\\s*(?:[-*•]|#+|\\d+\\.)\\s+", "")
                                .replaceAll("[*_`#]", "")
                                .replaceAll("\\s*\\n+\\s*", " "),
                        VOICE);
            default -> cut(text, PAGE);
        };
    }

    /** At the end of a sentence where there is one. */
    private static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        String head = text.substring(0, longest - 1);
        int end = Math.max(head.lastIndexOf(". "), Math.max(head.lastIndexOf("? "), head.lastIndexOf("! ")));
        return end > longest / 2 ? head.substring(0, end + 1) : head + "…";
    }
}
