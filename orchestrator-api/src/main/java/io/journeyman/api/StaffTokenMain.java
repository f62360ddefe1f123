package io.journeyman.api;

import io.journeyman.api.auth.Session;
import io.journeyman.api.auth.TokenKey;
import io.journeyman.api.auth.Tokens;
import java.time.InstantSource;
import java.util.Optional;

/** Prints a token of one of the staff, by which they sign in: {@code docker compose run --rm --no-deps api io.journeyman.api.StaffTokenMain asha}. */
public final class StaffTokenMain {
    private StaffTokenMain() {}

    public static void main(String[] arguments) {
        try {
            System.out.println(token(
                    Optional.ofNullable(System.getenv("JOURNEYMAN_TOKEN_KEY")),
                    arguments.length == 1 ? arguments[0] : ""));
        } catch (IllegalArgumentException e) {
            System.err.println("journeyman: " + e.getMessage());
            System.exit(1);
        }
    }

    /**
     * @param key what JOURNEYMAN_TOKEN_KEY says
     * @param name what this person is called in the shop's records
     * @throws IllegalArgumentException a sentence that says what is wrong with them
     */
    public static String token(Optional<String> key, String name) {
        var secret = key.filter(text -> !text.isBlank())
                .orElseThrow(() -> new IllegalArgumentException("JOURNEYMAN_TOKEN_KEY is not set."));
        Session.Staff staff;
        try {
            staff = new Session.Staff(name);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "name one of the staff, in letters, digits, dots and dashes, such as: asha.", e);
        }
        return new Tokens(key(secret), InstantSource.system()).sign(staff);
    }

    private static TokenKey key(String secret) {
        try {
            return TokenKey.parse(secret);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "JOURNEYMAN_TOKEN_KEY cannot be read: give at least 32 bytes in base64url.", e);
        }
    }
}
