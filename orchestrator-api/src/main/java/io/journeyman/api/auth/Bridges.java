package io.journeyman.api.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The programs that bring messages from other channels, and the secret by which each is known: it speaks for its own channel only. A
 * secret never shows itself in a text.
 */
public final class Bridges {
    /** Pages and apps open sessions of their own. */
    public static final Set<String> CHANNELS = Set.of("whatsapp", "sms", "email", "voice", "kiosk");

    private static final String BEARER = "Bearer ";
    private static final String PAIR = "[a-z]{2,16}:[\\x21-\\x7e&&[^,]]{32,128}";

    private final Map<String, byte[]> secrets;

    private Bridges(Map<String, byte[]> secrets) {
        this.secrets = secrets;
    }

    /**
     * Reads {@code channel:secret[,channel:secret…]}; nothing where there are no bridges.
     *
     * @throws IllegalArgumentException when it is not that, without the text, which is secret
     */
    public static Bridges parse(String text) {
        var secrets = new LinkedHashMap<String, byte[]>();
        for (String pair : text.isBlank() ? new String[0] : text.strip().split("\\s*,\\s*", -1)) {
            String channel = pair.replaceFirst(":.*", "");
            if (!pair.matches(PAIR) || !CHANNELS.contains(channel)) {
                throw new IllegalArgumentException("a bridge is channel:secret, the channel one of " + CHANNELS
                        + ", the secret 32 to 128 characters");
            }
            byte[] secret = pair.substring(channel.length() + 1).getBytes(StandardCharsets.US_ASCII);
            boolean another = secrets.values().stream().noneMatch(other -> MessageDigest.isEqual(other, secret));
            if (!another || secrets.put(channel, secret) != null) {
                throw new IllegalArgumentException("each channel has one bridge, with a secret of its own");
            }
        }
        return new Bridges(secrets);
    }

    /** The channel of the bridge that calls. @param authorization the request's header, or null */
    Optional<String> channel(String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return Optional.empty();
        }
        byte[] said = authorization.substring(BEARER.length()).strip().getBytes(StandardCharsets.UTF_8);
        return secrets.entrySet().stream()
                .filter(bridge -> MessageDigest.isEqual(bridge.getValue(), said))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    @Override
    public String toString() {
        return "Bridges" + secrets.keySet();
    }
}
