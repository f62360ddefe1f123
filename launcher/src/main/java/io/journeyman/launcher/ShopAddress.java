package io.journeyman.launcher;

import io.journeyman.api.auth.Session;
import io.journeyman.api.auth.TokenKey;
import io.journeyman.api.auth.Tokens;
import io.journeyman.api.codec.PayloadKeys;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * Where the parts of an {@code up} are, and the keys by which a tool on the same machine gets in: whoever may read the shop's
 * data folder may sign a session and read its database.
 */
public record ShopAddress(Path data, Ports ports) {
    public URI api() {
        return URI.create("http://127.0.0.1:" + ports.api());
    }

    /** host:port of Temporal's frontend. */
    public String temporal() {
        return LocalTemporal.address(ports);
    }

    /** As an administrator of the database; {@link CannotStart} when the folder has none. */
    public String databaseUrl() {
        return LocalPostgres.urlOf(new DataFolder(data), ports.postgres())
                .orElseThrow(() -> new CannotStart(
                        "%s holds no database: run ./journeyman up with this data folder first.".formatted(data)));
    }

    /** With what the shop encrypts what Temporal stores. */
    public PayloadKeys payloadKeys() {
        return PayloadKeys.parse(secret("payload-keys"));
    }

    /** A session token signed with the shop's own key, as its identity provider would. */
    public String tokenOf(Session session) {
        return signed(secret("token"), session);
    }

    /** @throws IllegalArgumentException when {@code key} is none */
    static String signed(String key, Session session) {
        return new Tokens(TokenKey.parse(key), InstantSource.system()).sign(session);
    }

    /** By what the shop's own processes know each other. */
    public String serviceSecret() {
        return secret("service");
    }

    private String secret(String name) {
        return new DataFolder(data)
                .existingSecret(name)
                .orElseThrow(() ->
                        new CannotStart("%s holds no secret '%s': run ./journeyman up with this data folder first."
                                .formatted(data, name)));
    }
}
