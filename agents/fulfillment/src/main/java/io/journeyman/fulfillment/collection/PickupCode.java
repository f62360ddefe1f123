package io.journeyman.fulfillment.collection;

import java.security.SecureRandom;

/** What a customer shows or says in the store: six characters that cannot be confused, such as 7KXM4P. */
public final class PickupCode {
    private static final String ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int LENGTH = 6;
    private static final SecureRandom RANDOM = new SecureRandom();

    private PickupCode() {}

    public static String draw() {
        var code = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            code.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return code.toString();
    }
}
