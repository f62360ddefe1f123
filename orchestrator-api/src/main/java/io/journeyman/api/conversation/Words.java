package io.journeyman.api.conversation;

import io.journeyman.activities.staff.StaffJourneys;
import java.util.Optional;

/** What people write, before anything keeps it. */
public final class Words {
    private Words() {}

    /** Line breaks and tabs are text; other control characters, which Postgres does not all take, and what no UTF-8 can carry, are not. */
    public static boolean areText(String words) {
        return words.codePoints()
                .noneMatch(sign -> Character.getType(sign) == Character.SURROGATE
                        || (Character.isISOControl(sign) && sign != '\n' && sign != '\r' && sign != '\t'));
    }

    /** As they are kept, without card numbers; empty where there are none, where they are no text, and where they are too many. */
    public static Optional<String> kept(Optional<String> given, int longest) {
        return given.filter(Words::areText)
                .map(words -> Redaction.redact(words).strip())
                .filter(words -> !words.isEmpty() && words.length() <= longest);
    }

    /** Why staff do something, or by what it is found again, as it is kept. */
    public static Optional<String> reason(Optional<String> given) {
        return kept(given, StaffJourneys.LONGEST_REASON);
    }
}
