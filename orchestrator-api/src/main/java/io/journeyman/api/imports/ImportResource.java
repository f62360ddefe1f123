package io.journeyman.api.imports;

import io.dropwizard.auth.Auth;
import io.journeyman.activities.agent.AgentClient;
import io.journeyman.activities.conversation.ChannelAliases;
import io.journeyman.activities.staff.StaffImports;
import io.journeyman.api.auth.Session;
import io.journeyman.api.conversation.Access;
import io.journeyman.api.http.ProblemException;
import io.journeyman.api.http.ProblemMappers;
import io.journeyman.contracts.Json;
import io.journeyman.contracts.Recommendation.Catalogue;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
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
            "v1/imports/origins",
            "v1/imports/stock",
            "v1/imports/deliveries",
            "v1/imports/customers",
            "v1/imports/points",
            "v1/imports/orders",
            "v1/imports/aliases");
    /** One file; larger ones are cut. */
    public static final int MOST_BYTES = 1 << 30;

    private static final int MOST_AT_ONCE = 2;
    private static final String JSON_LINES = "application/jsonl";

    private final LastingAgent catalogue;
    private final PlaceRows places;
    private final InventoryRows inventory;
    private final CustomerRows customers;
    private final ChannelAliases aliases;
    private final StaffImports record;
    private final Access access;
    private final Semaphore running = new Semaphore(MOST_AT_ONCE);

    /** @param agents finds a client of an agent by its name */
    public ImportResource(
            Function<String, AgentClient> agents, StaffImports record, ChannelAliases aliases, Access access) {
        this.aliases = aliases;
        this.catalogue = new LastingAgent(agents.apply("recommendation"), "the catalogue");
        var stock = lasting(agents, "inventory");
        var fulfillment = lasting(agents, "fulfillment");
        this.places = new PlaceRows(stock, fulfillment);
        this.inventory = new InventoryRows(stock, this.catalogue);
        this.customers = new CustomerRows(fulfillment, lasting(agents, "loyalty"), lasting(agents, "postPurchase"));
        this.record = record;
        this.access = access;
    }

    private static LastingAgent lasting(Function<String, AgentClient> agents, String name) {
        return new LastingAgent(agents.apply(name), "the " + name + " agent");
    }

    /** What reads the file and tells the report. */
    private interface Reading {
        void read(String key, ImportReport report) throws IOException;
    }

    @POST
    @Path("/products")
    @Consumes(MediaType.WILDCARD)
    @Produces(JSON_LINES)
    public Response products(@Auth Session session, @BeanParam SentFile file) throws IOException {
        String staff = access.staff(session);
        FeedFormat format = FeedFormat.named(file.format()).orElseThrow(() -> unknownFormat(FeedFormat.values()));
        return read(
                staff,
                "products",
                file,
                (key, report) -> new ProductImport(catalogue, format, key, file.isDryRun(), report)
                        .read(file.content(), currency()));
    }

    @POST
    @Path("/locations")
    @Consumes(MediaType.WILDCARD)
    @Produces(JSON_LINES)
    public Response locations(@Auth Session session, @BeanParam SentFile file) throws IOException {
        return rows(places::locations, session, file);
    }

    @POST
    @Path("/origins")
    @Consumes(MediaType.WILDCARD)
    @Produces(JSON_LINES)
    public Response origins(@Auth Session session, @BeanParam SentFile file) throws IOException {
        return rows(places::origins, session, file);
    }

    @POST
    @Path("/stock")
    @Consumes(MediaType.WILDCARD)
    @Produces(JSON_LINES)
    public Response stock(@Auth Session session, @BeanParam SentFile file) throws IOException {
        return rows(inventory::stock, session, file);
    }

    @POST
    @Path("/deliveries")
    @Consumes(MediaType.WILDCARD)
    @Produces(JSON_LINES)
    public Response deliveries(@Auth Session session, @BeanParam SentFile file) throws IOException {
        return rows(inventory::deliveries, session, file);
    }

    @POST
    @Path("/customers")
    @Consumes(MediaType.WILDCARD)
    @Produces(JSON_LINES)
    public Response customers(@Auth Session session, @BeanParam SentFile file) throws IOException {
        return rows(customers::addresses, session, file);
    }

    @POST
    @Path("/points")
    @Consumes(MediaType.WILDCARD)
    @Produces(JSON_LINES)
    public Response points(@Auth Session session, @BeanParam SentFile file) throws IOException {
        return rows(customers::points, session, file);
    }

    @POST
    @Path("/orders")
    @Consumes(MediaType.WILDCARD)
    @Produces(JSON_LINES)
    public Response orders(@Auth Session session, @BeanParam SentFile file) throws IOException {
        return rows(() -> customers.orders(currency()), session, file);
    }

    @POST
    @Path("/aliases")
    @Consumes(MediaType.WILDCARD)
    @Produces(JSON_LINES)
    public Response aliases(@Auth Session session, @BeanParam SentFile file) throws IOException {
        return rows(() -> AliasRows.takenBy(aliases), session, file);
    }

    private Response rows(Supplier<RowKind> of, Session session, SentFile file) throws IOException {
        String staff = access.staff(session);
        RowFormat format = RowFormat.named(file.format()).orElseThrow(() -> unknownFormat(RowFormat.values()));
        RowKind kind = of.get();
        return read(
                staff,
                kind.name(),
                file,
                (key, report) -> new RowImport(kind, format, key, file.isDryRun(), report).read(file.content()));
    }

    /** Answers when the whole file is read: a line for each refused row, then the counts. */
    private Response read(String staff, String kind, SentFile file, Reading reading) throws IOException {
        String key = file.key();
        if (!running.tryAcquire()) {
            throw ProblemException.of(
                            429, "too_many_imports", "Two imports are running; this one can begin when one has ended.")
                    .retryAfter(Duration.ofSeconds(30));
        }
        ImportReport report;
        try {
            if (!file.isDryRun() && !record.begin(staff, key, kind)) {
                throw ProblemException.of(
                        422, "key_used", "This Idempotency-Key was used for another import; make a new one.");
            }
            report = report(staff, file, reading);
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

    /** Reads the file to its end. What was done stands in the record, also where it ended too early. */
    private ImportReport report(String staff, SentFile file, Reading reading) throws IOException {
        ImportReport report = ImportReport.begin(file.isDryRun());
        boolean whole = false;
        try {
            try {
                reading.read(file.key(), report);
                whole = true;
            } finally {
                if (!file.isDryRun()) {
                    record.ended(staff, file.key(), Json.write(whole ? report.summary() : report.unfinished()));
                }
            }
        } catch (IOException | RuntimeException e) {
            report.close();
            throw e;
        }
        return report;
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
