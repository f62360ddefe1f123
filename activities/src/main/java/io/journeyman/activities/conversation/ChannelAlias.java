package io.journeyman.activities.conversation;

import java.util.Locale;

/**
 * What a channel calls somebody: a bridge's opaque id of a number, or an e-mail address, in whatever letters it is written.
 *
 * @param channel such as whatsapp
 * @param value 1 to {@value #LONGEST} characters, none of them a control character; personal, so it is never logged
 */
public record ChannelAlias(String channel, String value) {
    public static final int LONGEST = 128;

    public ChannelAlias {
        value = channel.equals("email") ? value.strip().toLowerCase(Locale.ROOT) : value.strip();
        if (value.isEmpty() || value.length() > LONGEST || value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "an alias has 1 to " + LONGEST + " characters, and no control characters");
        }
    }

    @Override
    public String toString() {
        return "ChannelAlias[" + channel + "]";
    }
}
