package io.journeyman.api.codec;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys of what the engine stores, each under an id: the first one encrypts, all of them decrypt. To rotate, add the new key
 * at the end wherever the old ones are, then put it first; an old one may go when no history needs it any more. A key never shows
 * itself in a text.
 */
public final class PayloadKeys {
    private static final int BYTES = 32;
    private static final int MOST = 16;
    private static final String PAIR = "[A-Za-z0-9._-]{1,32}:[A-Za-z0-9+/_-]{43}=?";

    private final String current;
    private final Map<String, SecretKey> keys;

    private PayloadKeys(String current, Map<String, SecretKey> keys) {
        this.current = current;
        this.keys = Map.copyOf(keys);
    }

    /**
     * Reads {@code id:key[,id:key…]}, each key 256 bits in base64 or base64url.
     *
     * @throws IllegalArgumentException when it is not that, or names an id twice; without the text, which is secret
     */
    public static PayloadKeys parse(String text) {
        var keys = new LinkedHashMap<String, SecretKey>();
        for (String pair : text.strip().split("\\s*,\\s*", -1)) {
            if (!pair.matches(PAIR)) {
                throw new IllegalArgumentException("a payload key is id:key, the key 32 bytes in base64");
            }
            String id = pair.substring(0, pair.indexOf(':'));
            if (keys.put(id, decoded(pair.substring(id.length() + 1))) != null) {
                throw new IllegalArgumentException("the payload key " + id + " is there twice");
            }
        }
        if (keys.size() > MOST) {
            throw new IllegalArgumentException("there are more than " + MOST + " payload keys");
        }
        return new PayloadKeys(keys.firstEntry().getKey(), keys);
    }

    private static SecretKey decoded(String base64) {
        byte[] bytes = Base64.getUrlDecoder().decode(base64.replace('+', '-').replace('/', '_'));
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a payload key has " + BYTES + " bytes");
        }
        return new SecretKeySpec(bytes, "AES");
    }

    /** The id of the key that encrypts. */
    String current() {
        return current;
    }

    Optional<SecretKey> key(String id) {
        return Optional.ofNullable(keys.get(id));
    }

    @Override
    public String toString() {
        return "PayloadKeys" + keys.keySet();
    }
}
