package io.journeyman.api.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jsr310.deser.InstantDeserializer;
import io.journeyman.contracts.Moments;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;

/** Reads moments in the bodies of requests, as far as they can be kept ({@link Moments}). */
public final class SentMoments extends JsonDeserializer<Instant> {
    private SentMoments() {}

    public static Module module() {
        return new SimpleModule("sent moments").addDeserializer(Instant.class, new SentMoments());
    }

    @Override
    public Instant deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        try {
            return Moments.kept(InstantDeserializer.INSTANT.deserialize(parser, context));
        } catch (DateTimeException e) {
            throw JsonMappingException.from(parser, "no moment that can be kept", e);
        }
    }
}
