package io.journeyman.contracts;

/** An identifier: 1 to 64 characters of {@code A-Z a-z 0-9 . _ : -}, opaque to everyone but its owner. */
public interface Id {
    String value();

    /** @throws IllegalArgumentException when {@code value} is not an identifier; the message names {@code type}, never the value */
    static void check(String type, String value) {
        if (value == null || value.isEmpty() || value.length() > 64) {
            throw new IllegalArgumentException(type + " must have 1 to 64 characters");
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean allowed = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || c == '.'
                    || c == '_'
                    || c == ':'
                    || c == '-';
            if (!allowed) {
                throw new IllegalArgumentException(type + " may contain only letters, digits and . _ : -");
            }
        }
    }
}
