package io.journeyman.api.imports;

import io.dropwizard.auth.Auth;
import io.journeyman.activities.agent.AgentClient;
import io.journeyman.activities.agent.Answer;
import io.journeyman.activities.staff.StaffImports;
import io.journeyman.api.auth.Session;
import io.journeyman.api.conversation.Access;
import io.journeyman.api.http.ProblemException;
import io.journeyman.api.http.ProblemMappers;
import io.journeyman.contracts.Json;
import io.journeyman.contracts.Recommendation.Catalogue;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Semaphore;

/** Staff bring the shop's own data in. */
@Path("/v1/imports")
public final class ImportResource {
    public static final String PRODUCTS = "v1/imports/products";
    /** One file; larger ones are cut. */
    public static final int MOST_BYTES = 1 << 30;

    private static final int MOST_AT_ONCE = 2;
    private static final String JSON_LINES = "application/jsonl";

    private final AgentClient catalogue;
    private final StaffImports record;
    private final Access access;
    private final Semaphore running = new Semaphore(MOST_AT_ONCE);

    public ImportResource(AgentClient catalogue, StaffImports record, Access access) {
        this.catalogue = catalogue;
        this.record = record;
        this.access = access;
    }

    /**
     * Answers when the whole file is read: a line for each refused row, then the counts. The body is asked for when it is known that
     * it is wanted: a parameter for it would be read from before this method begins.
     */
    @POST
    @Path("/products")
    @Consumes(MediaType.WILDCARD)
    @Produces(JSON_LINES)
    public Response products(
            @Auth Session session,
            @HeaderParam("Idempotency-Key") String header,
            @QueryParam("format") @DefaultValue("") String name,
            @QueryParam("dryRun") @DefaultValue("false") boolean dryRun,
            @Context ContainerRequestContext request)
            throws IOException {
        String staff = access.staff(session);
        String key = Access.key(header);
        FeedFormat format = FeedFormat.named(name)
                .orElseThrow(() -> ProblemException.of(
                        400, "bad_request", "format is one of " + Arrays.toString(FeedFormat.values()) + "."));
        if (!running.tryAcquire()) {
            throw ProblemException.of(
                            429, "too_many_imports", "Two imports are running; this one can begin when one has ended.")
                    .retryAfter(Duration.ofSeconds(30));
        }
        ImportReport report = ImportReport.begin(dryRun);
        try {
            new ProductImport(catalogue, format, key, dryRun, report).read(request.getEntityStream(), currency());
            if (!dryRun) {
                record.did(staff, key, "products", Json.write(report.summary()));
            }
        } catch (IOException | RuntimeException e) {
            report.close();
            throw e;
        } finally {
            running.release();
        }
        StreamingOutput lines = out -> {
            try (report) {
                report.writeTo(out);
            }
        };
        return Response.ok(lines, JSON_LINES).build();
    }

    /** Of prices that name none. */
    private String currency() {
        return switch (catalogue.get("getCatalogue", "/catalogue", Catalogue.class)) {
            case Answer.Done<Catalogue>(Catalogue known) -> known.currency();
            case Answer.Refused<Catalogue> refused -> throw ProblemException.of(refused.problem());
            case Answer.Unavailable<Catalogue> _ -> throw ProblemMappers.unavailable("The catalogue");
        };
    }
}
