package io.journeyman.api.http;

import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A file of the jar, read once, that a client may keep as long as its tag stays the same. */
final class JarFile {
    private final byte[] bytes;
    private final String type;
    private final EntityTag tag;

    private JarFile(byte[] bytes, String type) {
        this.bytes = bytes;
        this.type = type;
        tag = new EntityTag(Integer.toHexString(Arrays.hashCode(bytes)));
    }

    static JarFile of(String resource, String type) {
        try (var in = JarFile.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + resource);
            }
            return new JarFile(in.readAllBytes(), type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    Response answer(Request request) {
        var fresh = new CacheControl();
        fresh.setNoCache(true);
        var unchanged = request.evaluatePreconditions(tag);
        var response = unchanged == null ? Response.ok(bytes, type) : unchanged;
        return response.tag(tag).cacheControl(fresh).build();
    }
}
