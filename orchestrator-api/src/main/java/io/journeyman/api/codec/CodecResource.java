package io.journeyman.api.codec;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.dropwizard.auth.Auth;
import io.journeyman.activities.staff.StaffJourneys;
import io.journeyman.api.auth.Session;
import io.journeyman.api.http.ProblemException;
import io.journeyman.api.http.RateLimit;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import io.temporal.payload.codec.PayloadCodec;
import io.temporal.payload.codec.PayloadCodecException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Lets Temporal's web UI and CLI show staff what is encrypted in the engine: Temporal's remote codec protocol, in which a list of
 * payloads comes and goes as protobuf's JSON. Nothing of it is kept or changed; who read is written down.
 */
@Path("/v1/codec")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class CodecResource {
    public static final String ENCODE = "v1/codec/encode";
    public static final String DECODE = "v1/codec/decode";
    /** As large as the largest answer of the engine that a client may hand on: gRPC's limit. */
    public static final int MOST_BYTES = 4 * 1024 * 1024;

    private static final JsonFormat.Parser PARSER = JsonFormat.parser().ignoringUnknownFields();
    private static final JsonFormat.Printer PRINTER = JsonFormat.printer()
            .omittingInsignificantWhitespace()
            .includingDefaultValueFields(Set.of(Payloads.getDescriptor().findFieldByName("payloads")));

    private final PayloadCodec codec;
    private final RateLimit pace;
    private final StaffJourneys record;

    public CodecResource(PayloadCodec codec, RateLimit pace, StaffJourneys record) {
        this.codec = codec;
        this.pace = pace;
        this.record = record;
    }

    @POST
    @Path("/encode")
    public String encode(@Auth Session session, String body) {
        return answer(session, body, (staff, payloads) -> codec.encode(payloads));
    }

    @POST
    @Path("/decode")
    public String decode(@Auth Session session, String body) {
        return answer(session, body, (staff, payloads) -> {
            record.readsPayloads(staff.staffId());
            return codec.decode(payloads);
        });
    }

    private String answer(
            Session session, String body, BiFunction<Session.Staff, List<Payload>, List<Payload>> coding) {
        if (!(session instanceof Session.Staff staff)) {
            throw ProblemException.of(403, "staff_only", "Only the shop's staff may do this.");
        }
        pace.take(session.getName());
        try {
            return PRINTER.print(Payloads.newBuilder().addAllPayloads(coding.apply(staff, payloads(body))));
        } catch (PayloadCodecException e) {
            throw ProblemException.of(422, "payload_unreadable", "This cannot be read: " + e.getMessage() + ".");
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("payloads can be printed", e);
        }
    }

    private static List<Payload> payloads(String body) {
        try {
            var payloads = Payloads.newBuilder();
            PARSER.merge(body, payloads);
            return payloads.getPayloadsList();
        } catch (InvalidProtocolBufferException e) {
            throw ProblemException.of(
                    400, "bad_request", "The body is not {\"payloads\": [{\"metadata\": …, \"data\": …}]} in base64.");
        }
    }
}
