package io.journeyman.api.imports;

import io.dropwizard.auth.Auth;
import io.journeyman.activities.agent.AgentClient;
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
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;

/** Staff bring the shop's own data in. */
@Path("/v1/imports")
public final class ImportResource {
    /** Where files are sent, as the request's path has it. */
    public static final List<String> PATHS = List.of(
            "v1/imports/products",
            "v1/imports/locations",
            "v1/imports/stock",
            "v1/imports/customers",
            "v1/imports/points",
            "v1/imports/orders");
    /** One file; larger ones are cut. */
    public static final int MOST_BYTES = 1 << 30;

    private static final int MOST_AT_ONCE = 2;
    private static final String JSON_LINES = "application/jsonl";

    private final LastingAgent catalogue;
    private final InventoryRows inventory;
    private final CustomerRows customers;
    private final StaffImports record;
    private final Access access;
    private final Semaphore running = new Semaphore(MOST_AT_ONCE);

    /** @param agents finds a client of an agent by its name */
    public ImportResource(Function<String, AgentClient> agents, StaffImports record, Access access) {
        this.catalogue = new LastingAgent(agents.apply("recommendation"), "the catalogue");
        this.inventory = new InventoryRows(lasting(agents, "inventory"), this.catalogue);
        this.customers = new CustomerRows(
                lasting(agents, "fulfillment"), lasting(agents, "loyalty"), lasting(agents, "postPurchase"));
        this.record = record;
        this.access = access;
    }

    private static LastingAgent lasting(Function<String, AgentClient> agents, String name) {
        return new LastingAgent(agents.apply(name), "the " + name + " agent");
    }

    /** What reads a file, which it is given as it comes, and tells the report. */
    private interface Reading {
        void read(InputStream file, String key, ImportReport report) throws IOException;
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
        FeedFormat format = FeedFormat.named(name).orElseThrow(() -> unknownFormat(FeedFormat.values()));
        return read(staff, header, "products", dryRun, request, (file, key, report) -> {
            new ProductImport(catalogue, format, key, dryRun, report).read(file, currency());
        });
    }

    @POST
    @Path("/locations")
    @Consumes(MediaType.WILDCARD)
    @Produces(JSON_LINES)
    public Response locations(
            @Auth Session session,
            @HeaderParam("Idempotency-Key") String header,
            @QueryParam("format") @DefaultValue("") String name,
            @QueryParam("dryRun") @DefaultValue("false") boolean dryRun,
            @Context ContainerRequestContext request)
            throws IOException {
        return rows(inventory::locations, session, header, name, dryRun, request);
    }

    @POST
    @Path("/stock")
    @Consumes(MediaType.WILDCARD)
    @Produces(JSON_LINES)
    public Response stock(
            @Auth Session session,
            @HeaderParam("Idempotency-Key") String header,
            @QueryParam("format") @DefaultValue("") String name,
            @QueryParam("dryRun") @DefaultValue("false") boolean dryRun,
            @Context ContainerRequestContext request)
            throws IOException {
        return rows(inventory::stock, session, header, name, dryRun, request);
    }

    @POST
    @Path("/customers")
    @Consumes(MediaType.WILDCARD)
    @Produces(JSON_LINES)
    public Response customers(
            @Auth Session session,
            @HeaderParam("Idempotency-Key") String header,
            @QueryParam("format") @DefaultValue("") String name,
            @QueryParam("dryRun") @DefaultValue("false") boolean dryRun,
            @Context ContainerRequestContext request)
            throws IOException {
        return rows(customers::addresses, session, header, name, dryRun, request);
    }

    @POST
    @Path("/points")
    @Consumes(MediaType.WILDCARD)
    @Produces(JSON_LINES)
    public Response points(
            @Auth Session session,
            @HeaderParam("Idempotency-Key") String header,
            @QueryParam("format") @DefaultValue("") String name,
            @QueryParam("dryRun") @DefaultValue("false") boolean dryRun,
            @Context ContainerRequestContext request)
            throws IOException {
        return rows(customers::points, session, header, name, dryRun, request);
    }

    @POST
    @Path("/orders")
    @Consumes(MediaType.WILDCARD)
    @Produces(JSON_LINES)
    public Response orders(
            @Auth Session session,
            @HeaderParam("Idempotency-Key") String header,
            @QueryParam("format") @DefaultValue("") String name,
            @QueryParam("dryRun") @DefaultValue("false") boolean dryRun,
            @Context ContainerRequestContext request)
            throws IOException {
        return rows(() -> customers.orders(currency()), session, header, name, dryRun, request);
    }

    private Response rows(
            Supplier<RowKind> of,
            Session session,
            String header,
            String name,
            boolean dryRun,
            ContainerRequestContext request)
            throws IOException {
        String staff = access.staff(session);
        RowFormat format = RowFormat.named(name).orElseThrow(() -> unknownFormat(RowFormat.values()));
        RowKind kind = of.get();
        return read(
                staff,
                header,
                kind.name(),
                dryRun,
                request,
                (file, key, report) -> new RowImport(kind, format, key, dryRun, report).read(file));
    }

    private Response read(
            String staff, String header, String kind, boolean dryRun, ContainerRequestContext request, Reading reading)
            throws IOException {
        String key = Access.key(header);
        if (!running.tryAcquire()) {
            throw ProblemException.of(
                            429, "too_many_imports", "Two imports are running; this one can begin when one has ended.")
                    .retryAfter(Duration.ofSeconds(30));
        }
        ImportReport report = ImportReport.begin(dryRun);
        try {
            reading.read(request.getEntityStream(), key, report);
            if (!dryRun) {
                record.did(staff, key, kind, Json.write(report.summary()));
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

    private static ProblemException unknownFormat(Enum<?>[] formats) {
        return ProblemException.of(400, "bad_request", "format is one of " + Arrays.toString(formats) + ".");
    }

    /** Of prices that name none. */
    private String currency() {
        try {
            return catalogue.get("getCatalogue", "/catalogue", Catalogue.class).currency();
        } catch (LastingAgent.Away e) {
            throw ProblemMappers.unavailable("The catalogue");
        }
    }
}
