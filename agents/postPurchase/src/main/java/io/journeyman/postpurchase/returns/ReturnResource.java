package io.journeyman.postpurchase.returns;

import io.journeyman.contracts.Money;
import io.journeyman.contracts.PostPurchase.ChooseRemedy;
import io.journeyman.contracts.PostPurchase.CloseReturn;
import io.journeyman.contracts.PostPurchase.InspectReturn;
import io.journeyman.contracts.PostPurchase.QuoteReturn;
import io.journeyman.contracts.PostPurchase.RecordReturn;
import io.journeyman.contracts.PostPurchase.RecordSentBack;
import io.journeyman.contracts.PostPurchase.Return;
import io.journeyman.contracts.PostPurchase.ReturnQuote;
import io.journeyman.contracts.PostPurchase.ReturnRule;
import io.journeyman.contracts.PostPurchase.ReturnRules;
import io.journeyman.contracts.PostPurchase.SettleExchange;
import io.journeyman.contracts.PostPurchase.SettleReturn;
import io.journeyman.contracts.Problem;
import io.journeyman.contracts.ReturnId;
import io.journeyman.contracts.ShopCurrency;
import io.journeyman.kit.Call;
import io.journeyman.kit.Idempotency;
import io.journeyman.kit.ProblemException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;

/** Returns over HTTP, each operation as the contract names it. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public final class ReturnResource {
    private final Jdbi jdbi;
    private final Idempotency idempotency;
    private final InstantSource clock;

    public ReturnResource(Jdbi jdbi, Idempotency idempotency, InstantSource clock) {
        this.jdbi = jdbi;
        this.idempotency = idempotency;
        this.clock = clock;
    }

    @POST
    @Path("return-quotes")
    public ReturnQuote quoteReturn(QuoteReturn asked) {
        return jdbi.inTransaction(handle -> new Returns(handle).quote(asked, clock.instant()));
    }

    @POST
    @Path("returns")
    public Response recordReturn(@Context Call call, RecordReturn wanted) {
        return idempotency.once(call, 201, handle -> new Returns(handle).record(wanted, clock.instant()));
    }

    @GET
    @Path("returns/{returnId}")
    public Return getReturn(@PathParam("returnId") String id) {
        return jdbi.inTransaction(handle -> new Returns(handle).find(new ReturnId(id)));
    }

    @POST
    @Path("returns/{returnId}/inspection")
    public Response inspectReturn(@Context Call call, @PathParam("returnId") String id, InspectReturn inspection) {
        return idempotency.once(
                call, 200, handle -> new Returns(handle).inspect(new ReturnId(id), inspection, clock.instant()));
    }

    @POST
    @Path("returns/{returnId}/remedy")
    public Response chooseRemedy(@Context Call call, @PathParam("returnId") String id, ChooseRemedy choice) {
        return idempotency.once(
                call, 200, handle -> new Returns(handle).choose(new ReturnId(id), choice, clock.instant()));
    }

    @POST
    @Path("returns/{returnId}/sent-back")
    public Response recordSentBack(@Context Call call, @PathParam("returnId") String id, RecordSentBack sent) {
        return idempotency.once(
                call,
                200,
                handle -> new Returns(handle).sentBack(new ReturnId(id), sent.trackingId(), clock.instant()));
    }

    @POST
    @Path("returns/{returnId}/exchange")
    public Response settleExchange(@Context Call call, @PathParam("returnId") String id, SettleExchange settlement) {
        return idempotency.once(
                call,
                200,
                handle -> new Returns(handle).exchange(new ReturnId(id), settlement.agreed(), clock.instant()));
    }

    @POST
    @Path("returns/{returnId}/close")
    public Response closeReturn(@Context Call call, @PathParam("returnId") String id, CloseReturn closing) {
        return idempotency.once(
                call, 200, handle -> new Returns(handle).close(new ReturnId(id), closing.to(), clock.instant()));
    }

    @POST
    @Path("returns/{returnId}/settle")
    public Response settleReturn(@Context Call call, @PathParam("returnId") String id, SettleReturn settlement) {
        return idempotency.once(
                call, 200, handle -> new Returns(handle).settle(new ReturnId(id), settlement, clock.instant()));
    }

    @GET
    @Path("return-rules")
    public ReturnRules getReturnRules() {
        return jdbi.withExtension(RuleTable.class, rules -> new ReturnRules(rules.all()));
    }

    @PUT
    @Path("return-rules")
    public Response setReturnRules(@Context Call call, ReturnRules wanted) {
        return idempotency.once(call, 200, handle -> {
            checkRules(wanted.rules());
            var rules = handle.attach(RuleTable.class);
            rules.lock();
            rules.clear();
            wanted.rules()
                    .forEach(rule -> rules.add(
                            rule,
                            rule.exchangeFee().orElse(new Money(0, rule.fee().currency())),
                            rule.fee().currency()));
            return new ReturnRules(rules.all());
        });
    }

    /** At the start, so that every rule is in the currency of the shop. */
    public static void begin(Jdbi jdbi) {
        jdbi.useExtension(RuleTable.class, RuleTable::takeShopsCurrency);
    }

    private static void checkRules(List<ReturnRule> rules) {
        var categories = rules.stream().map(ReturnRule::category).toList();
        boolean usable = categories.contains(RuleTable.OTHERS)
                && Set.copyOf(categories).size() == categories.size()
                && rules.stream().allMatch(ReturnResource::isUsable);
        if (!usable) {
            throw new ProblemException(Problem.of(
                    422,
                    "rules_unusable",
                    "Each category is needed once, in small letters, * among them, with its fee in "
                            + ShopCurrency.here().code() + " and not below zero."));
        }
    }

    private static boolean isUsable(ReturnRule rule) {
        return rule.category().equals(rule.category().toLowerCase(Locale.ROOT))
                && Stream.concat(Stream.of(rule.fee()), rule.exchangeFee().stream())
                        .allMatch(fee -> ShopCurrency.here().isOf(fee) && fee.minor() >= 0);
    }
}
