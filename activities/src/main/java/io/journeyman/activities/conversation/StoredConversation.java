package io.journeyman.activities.conversation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.journeyman.activities.model.ModelAnswer;
import io.journeyman.activities.model.ModelQuestion;
import io.journeyman.activities.registry.Toolbox;
import io.journeyman.activities.returns.ExchangedReturn;
import io.journeyman.activities.tool.Tool;
import io.journeyman.activities.tool.ToolCatalogue;
import io.journeyman.activities.tool.ToolCatalogue.Checked;
import io.journeyman.contracts.ConversationId;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Json;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.PricedLine;
import io.journeyman.contracts.ProposalId;
import io.journeyman.contracts.ReturnId;
import io.temporal.activity.Activity;
import io.temporal.failure.ApplicationFailure;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The conversation's activities over Postgres, the agents and the model. Each may be repeated at will. */
public final class StoredConversation implements ConversationActivities {
    private static final SecureRandom RANDOM = new SecureRandom();
    /** The tool that buys with what goes back. */
    private static final String EXCHANGE = "postPurchase.settleExchange";

    /** The tool that sends in what failed under its warranty. */
    private static final String CLAIM = "postPurchase.quoteReturn";

    private static final String READABLE = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private final Jdbi jdbi;
    private final InstantSource clock;
    /** What becomes a proposal is the house's own: a registered agent's tools only read. */
    private final ToolCatalogue tools;

    private final Quoting quoting;
    private final Returning returning;
    private final Exchanging exchanging;
    private final Cancelling cancelling;
    private final Moving moving;
    private final Forgetting forgetting;
    private final SharedSteps steps;

    StoredConversation(Jdbi jdbi, InstantSource clock, Toolbox toolbox, Function<ModelQuestion, ModelAnswer> model) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.tools = toolbox.ofTheHouse().tools();
        this.quoting = new Quoting(toolbox.ofTheHouse().agents());
        this.returning = new Returning(toolbox.ofTheHouse().agents());
        this.exchanging = new Exchanging(toolbox.ofTheHouse().agents(), quoting, returning);
        this.cancelling = new Cancelling(toolbox.ofTheHouse().agents());
        this.moving = new Moving(toolbox.ofTheHouse().agents());
        this.forgetting = new Forgetting(toolbox.ofTheHouse().agents());
        this.steps = new SharedSteps(new ModelSteps(jdbi, clock, toolbox, model)::decide);
    }

    @Override
    public Decision decide(TurnRef turn, int round) {
        return steps.decide(turn, round);
    }

    @Override
    public Decision.Soon decideSoon(TurnRef turn, int round) {
        return new Decision.Soon(steps.decide(turn, round, SOON));
    }

    @Override
    public void propose(TurnRef turn, String callId) {
        propose(turn, callId, Activity.getExecutionContext().getInfo().getAttempt());
    }

    void propose(TurnRef turn, String callId, int attempt) {
        Turns.Call call = jdbi.withHandle(handle -> Turns.call(handle, turn, callId));
        if (call.result().isPresent()) {
            return;
        }
        Tool tool = tools.named(call.tool())
                .orElseThrow(() -> ApplicationFailure.newNonRetryableFailure("no such tool", "tool_unknown"));
        try {
            switch (tools.check(tool, call.arguments())) {
                case Checked.Invalid invalid -> throw ToolCalls.invalidArguments(invalid);
                case Checked.Valid valid -> propose(turn, callId, tool, valid.arguments());
            }
        } catch (ToolRefusal refusal) {
            jdbi.useHandle(handle -> Turns.result(handle, turn, callId, refusal.json(), clock.instant()));
        } catch (ApplicationFailure failure) {
            if (attempt < ToolCalls.TRIES && !failure.isNonRetryable()) {
                throw failure;
            }
            String result = ToolRefusal.unavailable("shop's pricing").json();
            jdbi.useHandle(handle -> Turns.result(handle, turn, callId, result, clock.instant()));
        }
    }

    private void propose(TurnRef turn, String callId, Tool tool, ObjectNode arguments) {
        Turns.Session session = jdbi.withHandle(handle -> Turns.session(handle, turn.conversation()));
        CustomerId customer = session.customer().orElseThrow(ToolRefusal::signInNeeded);
        if (!session.home().equals(turn.conversation())) {
            throw ToolRefusal.of(
                    "signed_in_meanwhile",
                    "The customer signed in during this turn, and the cart moved along.",
                    "Ask the customer to say it once more.");
        }
        List<PricedLine> cart = jdbi.withHandle(handle -> Carts.lines(handle, turn.conversation()));
        String channel = jdbi.withHandle(handle -> Turns.message(handle, turn)).channel();
        Instant now = clock.instant();
        Quoting.For whom = new Quoting.For(
                turn.conversation(), customer, channel, "address-" + turn.conversation() + "-" + callId, now);
        String kind = tool.journey().orElseThrow();
        Quoting.Quoted quoted = switch (kind) {
            case "Checkout" ->
                tool.operation().equals(EXCHANGE)
                        ? exchanging.quote(
                                whom, arguments, new OrderId("JM-" + readable()), new ReturnId("RT-" + readable()))
                        : jdbi.withHandle(handle -> Reserved.named(handle, turn.conversation(), arguments))
                                .map(reserved -> quoting.checkout(whom, reserved, arguments))
                                .orElseGet(() -> quoting.checkout(whom, cart, arguments));
            case "Reservation" -> quoting.reservation(whom, cart, arguments);
            case "Return" ->
                tool.operation().equals(CLAIM) ? returning.claim(whom, arguments) : returning.quote(whom, arguments);
            case "Cancellation" -> cancelling.quote(whom, arguments);
            case "AddressChange" -> moving.quote(whom, arguments);
            case "CardRemoval" -> forgetting.quote(whom, arguments);
            default ->
                throw ToolRefusal.of(
                        "not_offered", "The shop cannot do this yet.", "Say so honestly; offer what else there is.");
        };
        Proposal proposal = new Proposal(
                new ProposalId("prop-" + UUID.randomUUID().toString().replace("-", "")),
                kind,
                Proposal.Status.open,
                quoted.quote()
                        .exchanged()
                        .map(exchanged -> exchanged.orderId().value())
                        .orElseGet(() -> prefix(kind) + readable()),
                turn.turn(),
                channel,
                quoted.quote(),
                quoted.quote().validUntil());
        jdbi.useTransaction(handle -> {
            EventLog.lock(handle, turn.conversation());
            if (Turns.isOver(handle, turn, callId)) {
                return;
            }
            if (buysCart(proposal) && !Carts.lines(handle, turn.conversation()).equals(cart)) {
                throw ApplicationFailure.newFailure("the cart changed while it was quoted", "cart_changed");
            }
            Proposals.insert(handle, proposal, callId, now);
            Turns.result(handle, turn, callId, toModel(proposal, quoted), now);
        });
    }

    private static String prefix(String kind) {
        return switch (kind) {
            case "Checkout" -> "JM-";
            case "Return" -> "RT-";
            case "Cancellation" -> "CN-";
            case "AddressChange" -> "AC-";
            case "CardRemoval" -> "CR-";
            default -> "RS-";
        };
    }

    private static boolean buysCart(Proposal proposal) {
        return proposal.kind().equals("Checkout")
                && proposal.quote().reservation().isEmpty()
                && proposal.quote().exchanged().isEmpty();
    }

    /** What the model may tell: everything but the street. */
    private static String toModel(Proposal proposal, Quoting.Quoted quoted) {
        Quote quote = quoted.quote();
        ObjectNode result = Json.mapper().createObjectNode();
        result.put("status", "proposed")
                .put("proposalId", proposal.proposalId().value())
                .put("kind", proposal.kind());
        result.set("lines", Json.mapper().valueToTree(quote.lines()));
        result.set("goods", Json.mapper().valueToTree(quote.goods()));
        result.set("offers", Json.mapper().valueToTree(quote.offers()));
        result.set("discount", Json.mapper().valueToTree(quote.discount()));
        quote.delivery().ifPresent(delivery -> {
            ObjectNode to = result.putObject("delivery");
            to.put("option", delivery.label())
                    .put("city", delivery.address().city())
                    .put("promisedDate", delivery.promisedDate().toString());
            to.set("fee", Json.mapper().valueToTree(delivery.fee()));
            if (!delivery.ahead().isEmpty()) {
                result.set("orderedAhead", Json.mapper().valueToTree(delivery.ahead()));
            }
            delivery.collect().ifPresent(store -> {
                to.put("collectedAt", store.name());
                if (quote.exchanged().isEmpty()) {
                    to.put("keptUntil", store.keepUntil().toString());
                }
            });
        });
        if (!quoted.options().isEmpty()) {
            result.set("deliveryOptions", Json.mapper().valueToTree(quoted.options()));
        }
        quote.reservation()
                .ifPresent(reservation -> result.put("reservationId", reservation.value())
                        .put("reservation", "Confirming this turns the reservation into an order that is delivered."));
        quote.store().ifPresent(store -> result.set("store", Json.mapper().valueToTree(store)));
        result.set("gstIncluded", Json.mapper().valueToTree(quote.taxIncluded()));
        result.set("total", Json.mapper().valueToTree(quote.total()));
        quote.credit().ifPresent(credit -> {
            result.set("storeCredit", Json.mapper().valueToTree(credit));
            result.set("leftToPay", Json.mapper().valueToTree(quote.due()));
        });
        result.put("validUntil", quote.validUntil().toString());
        if (!quote.warranties().isEmpty()) {
            result.set("warranties", Json.mapper().valueToTree(quote.warranties()));
        }
        quoted.note().ifPresent(note -> result.put("note", note));
        result.put(
                "nextStep",
                "Nothing is ordered yet. Show lines, discount, delivery, GST and total, and ask the customer to confirm with the"
                        + " button or with yes."
                        + (result.has("orderedAhead")
                                ? " Say of each line in orderedAhead that it is not in the shop yet, when it is expected and by when"
                                        + " it comes, that it is paid now, and that it can be cancelled until it leaves."
                                : ""));
        quote.returned().ifPresent(returned -> Returning.describe(returned, quote, result));
        quote.exchanged().ifPresent(exchanged -> Exchanging.describe(exchanged, quote, result));
        quote.cancelled().ifPresent(cancelled -> Cancelling.describe(cancelled, quote, result));
        quote.moved().ifPresent(moved -> Moving.describe(moved, result));
        quote.forgotten().ifPresent(forgotten -> Forgetting.describe(forgotten, result));
        return Turns.compact(result);
    }

    @Override
    public Confirmation confirm(ConversationId conversation, ProposalId id) {
        Proposal seen = jdbi.withHandle(handle -> Proposals.find(handle, conversation, id, clock.instant()))
                .orElse(null);
        if (seen == null) {
            return new Confirmation.Refused("proposal_unknown");
        }
        boolean changed = seen.status() == Proposal.Status.open && !pricesHold(seen.quote());
        return jdbi.inTransaction(handle -> {
            EventLog.lock(handle, conversation);
            Instant now = clock.instant();
            Proposal proposal = Proposals.find(handle, conversation, id, now).orElseThrow();
            return switch (proposal.status()) {
                case confirmed -> confirmed(proposal, hasBegun(handle, proposal));
                case declined -> new Confirmation.Refused("proposal_declined");
                case voided -> new Confirmation.Refused("proposal_void");
                case expired -> {
                    Proposals.close(handle, conversation, proposal, "expired", now);
                    yield new Confirmation.Refused("proposal_expired");
                }
                case open -> {
                    if (changed) {
                        Proposals.close(handle, conversation, proposal, "void", now);
                        yield new Confirmation.Refused("price_changed");
                    }
                    Proposals.close(handle, conversation, proposal, "confirmed", now);
                    start(handle, conversation, proposal, now);
                    yield confirmed(proposal, false);
                }
            };
        });
    }

    /**
     * A quote is binding until its instant: when the prices cannot be asked for, it holds. What was bought keeps its price, and what comes
     * for it may be priced as that was.
     */
    private boolean pricesHold(Quote quote) {
        try {
            return quote.returned().isPresent()
                    || quote.exchanged().isPresent()
                    || quote.cancelled().isPresent()
                    || quote.moved().isPresent()
                    || quote.forgotten().isPresent()
                    || quoting.stillCosts(quote);
        } catch (ToolRefusal | ApplicationFailure unavailable) {
            return true;
        }
    }

    private static void start(Handle handle, ConversationId conversation, Proposal proposal, Instant now) {
        if (buysCart(proposal)) {
            Carts.clear(handle, conversation);
            EventLog.append(handle, conversation, "cart", 0, Carts.summary(handle, conversation), now);
        }
        handle.createUpdate("""
                        INSERT INTO journey (workflow_id, journey_id, conversation_id, kind, status, code, waiting_for, last_seq,
                            facts, started_at, updated_at)
                        VALUES (:workflow, :journey, :conversation, :kind, 'running', 'started', '', 0, '{}', :now, :now)
                        ON CONFLICT DO NOTHING""")
                .bind("workflow", workflowId(proposal))
                .bind("journey", proposal.journeyId())
                .bind("conversation", conversation)
                .bind("kind", proposal.kind())
                .bind("now", now)
                .execute();
    }

    private static String workflowId(Proposal proposal) {
        return proposal.kind().toLowerCase(Locale.ROOT) + "-" + proposal.journeyId();
    }

    /** Whether its journey has said something: Temporal may have dropped it since, and would begin it anew. */
    private static boolean hasBegun(Handle handle, Proposal proposal) {
        return handle.createQuery("SELECT EXISTS (SELECT FROM journey WHERE workflow_id = :workflow AND last_seq > 0)")
                .bind("workflow", workflowId(proposal))
                .mapTo(Boolean.class)
                .one();
    }

    private static Confirmation confirmed(Proposal proposal, boolean begun) {
        Quote quote = proposal.quote();
        return new Confirmation.Confirmed(
                proposal.kind(),
                proposal.journeyId(),
                quote.quoteId(),
                quote.customerId(),
                proposal.channel(),
                quote.total(),
                quote.validUntil(),
                quote.reservation(),
                quote.exchanged().map(exchanged -> new ExchangedReturn(exchanged.returnId(), exchanged.refund())),
                quote.credit(),
                Optional.of(begun).filter(known -> known));
    }

    @Override
    public String decline(ConversationId conversation, ProposalId id) {
        return jdbi.inTransaction(handle -> {
            EventLog.lock(handle, conversation);
            Instant now = clock.instant();
            return Proposals.find(handle, conversation, id, now)
                    .map(proposal -> switch (proposal.status()) {
                        case open -> {
                            Proposals.close(handle, conversation, proposal, "declined", now);
                            yield "declined";
                        }
                        case declined -> "declined";
                        case confirmed -> "proposal_confirmed";
                        case voided -> "proposal_void";
                        case expired -> "proposal_expired";
                    })
                    .orElse("proposal_unknown");
        });
    }

    @Override
    public void answer(TurnRef turn, String code) {
        jdbi.useTransaction(handle -> {
            EventLog.lock(handle, turn.conversation());
            String channel = Turns.message(handle, turn).channel();
            Reply reply = Words.isExcuse(code) && hasChangedCart(handle, turn)
                    ? Words.reply("cart_changed")
                    : Words.reply(code);
            Turns.reply(
                    handle,
                    turn,
                    channel,
                    new Reply(
                            ChannelShape.shaped(channel, reply.text()), reply.cards(), reply.proposal(), reply.model()),
                    clock.instant());
        });
    }

    /** What the customer asked for was done in part, and would be done twice if they just said it again. */
    private static boolean hasChangedCart(Handle handle, TurnRef turn) {
        return handle.createQuery("""
                        SELECT EXISTS (SELECT FROM event WHERE conversation_id = :id AND kind = 'cart' AND turn = :turn)""")
                .bind("id", turn.conversation())
                .bind("turn", turn.turn())
                .mapTo(Boolean.class)
                .one();
    }

    @Override
    public void tell(JourneyNews news) {
        String journeyId = journeyId(news);
        jdbi.useTransaction(handle -> {
            EventLog.lock(handle, news.conversation());
            if (isOver(handle, news)) {
                return;
            }
            Instant now = clock.instant();
            Optional<Quote> bought = NewsWords.TELL_OF_PIECES.contains(news.code())
                    ? Proposals.quoteOf(handle, journeyId)
                    : Optional.empty();
            boolean first = EventLog.appendNews(
                    handle,
                    news.conversation(),
                    news.workflowId(),
                    news.seq(),
                    NewsWords.of(news, journeyId, bought),
                    now);
            if (!first) {
                return;
            }
            stands(handle, news, journeyId, now);
        });
    }

    /** What a worker that was taken for dead says late, of a journey that has come to its end elsewhere meanwhile. */
    private static boolean isOver(Handle handle, JourneyNews news) {
        return !news.status().isEnd()
                && handle.createQuery("""
                        SELECT EXISTS (SELECT FROM journey WHERE workflow_id = :workflow AND last_seq >= :seq
                            AND status IN ('completed', 'cancelled', 'failed'))""")
                        .bind("workflow", news.workflowId())
                        .bind("seq", news.seq())
                        .mapTo(Boolean.class)
                        .one();
    }

    @Override
    public void note(JourneyNews news) {
        jdbi.useTransaction(handle -> {
            EventLog.lock(handle, news.conversation());
            stands(handle, news, journeyId(news), clock.instant());
        });
    }

    private static void stands(Handle handle, JourneyNews news, String journeyId, Instant now) {
        handle.createUpdate("""
                            INSERT INTO journey (workflow_id, journey_id, conversation_id, kind, status, code, waiting_for, until,
                                last_seq, facts, started_at, updated_at)
                            VALUES (:workflow, :journey, :conversation, :kind, :status, :code, :waitingFor,
                                cast(:until AS timestamptz), :seq, cast(:facts AS jsonb), :now, :now)
                            ON CONFLICT (workflow_id) DO UPDATE
                            SET status = excluded.status, waiting_for = excluded.waiting_for,
                                until = excluded.until, last_seq = excluded.last_seq,
                                -- it waits for the same as before, only longer
                                code = CASE excluded.code WHEN 'deadline_extended' THEN journey.code ELSE excluded.code END,
                                facts = journey.facts || excluded.facts, updated_at = excluded.updated_at
                            -- a note is about what was told last
                            WHERE journey.last_seq <= excluded.last_seq""")
                .bind("workflow", news.workflowId())
                .bind("journey", journeyId)
                .bind("conversation", news.conversation())
                .bind("kind", news.kind())
                .bind("status", news.status().name())
                .bind("code", news.code())
                .bind("waitingFor", news.waitingFor())
                .bind("until", news.until().map(Instant::toString).orElse(null))
                .bind("seq", news.seq())
                .bind("facts", Json.write(news.facts()))
                .bind("now", now)
                .execute();
    }

    private static String journeyId(JourneyNews news) {
        return news.workflowId().substring(news.workflowId().indexOf('-') + 1);
    }

    /** Ten characters that nobody mixes up when reading them aloud. */
    private static String readable() {
        StringBuilder id = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            id.append(READABLE.charAt(RANDOM.nextInt(READABLE.length())));
        }
        return id.toString();
    }
}
