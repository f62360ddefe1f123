package io.journeyman.activities.conversation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.journeyman.activities.agent.AgentClient;
import io.journeyman.activities.agent.Answer;
import io.journeyman.activities.conversation.Decision.ToolCallRef;
import io.journeyman.activities.model.ModelAnswer;
import io.journeyman.activities.model.ModelException;
import io.journeyman.activities.model.ModelMessage;
import io.journeyman.activities.model.ModelQuestion;
import io.journeyman.activities.model.ToolCall;
import io.journeyman.activities.payment.PaymentMethod;
import io.journeyman.activities.registry.Toolbox;
import io.journeyman.activities.registry.Toolbox.Offer;
import io.journeyman.activities.tool.Tool;
import io.journeyman.activities.tool.ToolCatalogue;
import io.journeyman.activities.tool.ToolCatalogue.Checked;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Json;
import io.journeyman.contracts.Payment.KeptMethod;
import io.journeyman.contracts.Payment.ListPaymentMethods;
import io.journeyman.contracts.Payment.MethodKind;
import io.journeyman.contracts.Payment.PaymentMethods;
import io.journeyman.contracts.PaymentToken;
import io.journeyman.contracts.ProposalId;
import io.temporal.failure.ApplicationFailure;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One round of a turn: what the model is asked, and what it decided, kept by (conversation, turn, round), first writer wins. */
final class ModelSteps {
    private static final Logger log = LoggerFactory.getLogger(ModelSteps.class);
    private static final Set<String> REFUSED = Set.of("model_refused_request", "model_refused_content");
    private static final int TURNS_REMEMBERED = 30;
    private static final int TURNS_WITH_TOOLS = 6;
    private static final int NEWS_REMEMBERED = 10;
    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_ARGUMENTS = 8_000;

    /** Of a step that code decided. */
    private static final String NO_TOOLS = "[]";

    private final Jdbi jdbi;
    private final InstantSource clock;
    private final Toolbox toolbox;
    private final Function<ModelQuestion, ModelAnswer> model;

    ModelSteps(Jdbi jdbi, InstantSource clock, Toolbox toolbox, Function<ModelQuestion, ModelAnswer> model) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.toolbox = toolbox;
        this.model = model;
    }

    /** What the model is asked, and the tools that it may choose from: those of that moment hold for its answer too. */
    private record Asked(ModelQuestion question, Offer offer) {}

    Decision decide(TurnRef turn, int round) {
        Turns.Round now = jdbi.withHandle(handle -> Turns.round(handle, turn, round));
        Optional<Decision> decided = now.known().isPresent()
                ? now.known()
                : isWord(now.message().text()) ? wholeMessage(turn, round, now.message()) : Optional.empty();
        if (decided.isPresent()) {
            return decided.get();
        }
        Asked asked = jdbi.withHandle(handle -> asked(handle, turn, now.message()));
        ModelAnswer answer = ask(asked.question());
        return jdbi.inTransaction(handle -> keep(handle, turn, round, answer, asked.offer()));
    }

    private Asked asked(Handle handle, TurnRef turn, Turns.Message message) {
        Offer offer = toolbox.now(handle);
        return new Asked(question(handle, turn, message, offer.tools()), offer);
    }

    private static boolean isWord(String text) {
        return CancelWish.of(text).isPresent()
                || paying(text).isPresent()
                || ReviewWish.of(text).isPresent()
                || YesOrNo.toCancelling(text) != YesOrNo.neither;
    }

    private static Optional<PayWish> paying(String text) {
        return PayWish.of(text).or(() -> PayWish.besideYes(text));
    }

    /** A transcript that the provider refuses would be refused again with every later message: then the last one is asked alone. */
    private ModelAnswer ask(ModelQuestion question) {
        try {
            return model.apply(question);
        } catch (ModelException e) {
            ModelQuestion last = question.lastMessageOnly();
            if (REFUSED.contains(e.code())
                    && last.messages().size() < question.messages().size()) {
                log.warn("{} with the transcript; asked again with the last message only", e.code());
                return ask(last);
            }
            ApplicationFailure.Builder failure = ApplicationFailure.newBuilder()
                    .setMessage("the model did not answer: " + e.code())
                    .setType(e.code())
                    .setNonRetryable(!e.retryable());
            e.retryAfter().ifPresent(failure::setNextRetryDelay);
            throw failure.build();
        }
    }

    /** Which cards are kept the payment agent is asked before, and a review is written before: nobody waits for an agent with a connection in hand. */
    private Optional<Decision> wholeMessage(TurnRef turn, int round, Turns.Message message) {
        Optional<PayWish> byCard = paying(message.text()).filter(wish -> wish.kind() == MethodKind.card);
        Optional<ReviewWish> review = ReviewWish.of(message.text());
        Optional<CustomerId> customer = byCard.isPresent() || review.isPresent()
                ? jdbi.withHandle(handle -> Turns.session(handle, turn.conversation()))
                        .customer()
                : Optional.empty();
        KeptCard card = byCard.flatMap(wish -> customer.map(who -> keptCard(who, wish.card())))
                .orElse(KeptCard.NONE);
        Optional<Reply> reviewed =
                review.flatMap(wish -> customer.flatMap(who -> reviews().answer(who, wish, message.text(), turn)));
        return jdbi.inTransaction(handle -> wholeMessage(handle, turn, round, card, reviewed));
    }

    /**
     * The card that a customer means.
     *
     * @param token empty where none fits, or more than one
     * @param kept all that are kept, as their customer knows them; empty where the payment agent did not answer
     */
    private record KeptCard(Optional<PaymentToken> token, Optional<List<String>> kept) {
        static final KeptCard NONE = new KeptCard(Optional.empty(), Optional.of(List.of()));
    }

    /** The only one that fits. */
    private KeptCard keptCard(CustomerId customer, CardWish wish) {
        AgentClient payment = toolbox.ofTheHouse().agents().get("payment");
        if (!(payment.ask(
                        "listPaymentMethods",
                        "/payment-methods",
                        new ListPaymentMethods(customer),
                        PaymentMethods.class)
                instanceof Answer.Done<PaymentMethods>(PaymentMethods kept))) {
            return new KeptCard(Optional.empty(), Optional.empty());
        }
        List<PaymentToken> fitting = kept.methods().stream()
                .filter(card -> wish.fits(card.brand(), card.last4()))
                .map(KeptMethod::token)
                .toList();
        return new KeptCard(
                fitting.size() == 1 ? Optional.of(fitting.getFirst()) : Optional.empty(),
                Optional.of(kept.methods().stream().map(KeptMethod::label).toList()));
    }

    private SaidReviews reviews() {
        return new SaidReviews(toolbox.ofTheHouse().agents().get("postPurchase"));
    }

    /** A yes or no that is the whole message, to what was the last thing shown on this channel; and the wish to stop a journey. */
    private Optional<Decision> wholeMessage(
            Handle handle, TurnRef turn, int round, KeptCard keptCard, Optional<Reply> reviewed) {
        EventLog.lock(handle, turn.conversation());
        Turns.Round locked = Turns.round(handle, turn, round);
        if (locked.known().isPresent()) {
            return locked.known();
        }
        Turns.Message message = locked.message();
        if (!Turns.calls(handle, turn).isEmpty()) {
            return Optional.empty();
        }
        Optional<CancelWish> wish = CancelWish.of(message.text());
        if (wish.isPresent()) {
            return askWhetherToCancel(handle, turn, round, wish.get());
        }
        Optional<PayWish> pays = paying(message.text());
        if (pays.isPresent()) {
            boolean alone = PayWish.of(message.text()).isPresent();
            Optional<Decision> confirmed =
                    alone ? Optional.empty() : confirmAndPay(handle, turn, round, pays.get(), keptCard);
            return confirmed.or(() -> pay(handle, turn, round, pays.get(), keptCard));
        }
        if (reviewed.isPresent()) {
            return Optional.of(says(handle, turn, reviewed.get()));
        }
        YesOrNo toCancelling = YesOrNo.toCancelling(message.text());
        OptionalInt shownIn =
                toCancelling == YesOrNo.neither ? OptionalInt.empty() : lastShown(handle, turn, message.channel());
        if (shownIn.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> asked = askedToCancel(handle, turn, shownIn.getAsInt());
        return asked.isPresent()
                ? toCancellation(handle, turn, round, toCancelling, asked.get())
                : toProposal(handle, turn, round, message.text(), shownIn.getAsInt());
    }

    private Optional<Decision> toProposal(Handle handle, TurnRef turn, int round, String text, int shownIn) {
        Instant now = clock.instant();
        Optional<Proposal> shown = shown(handle, turn, shownIn, now);
        if (shown.isEmpty()) {
            return Optional.empty();
        }
        boolean toCancel = shown.get().kind().equals("Cancellation");
        YesOrNo word = toCancel ? YesOrNo.toCancelling(text) : YesOrNo.of(text);
        if (word == YesOrNo.neither) {
            return Optional.empty();
        }
        if (word == YesOrNo.yes) {
            return Optional.of(decided(
                    handle, turn, round, new Decision.Confirm(shown.get().proposalId()), Optional.empty()));
        }
        Proposals.close(handle, turn.conversation(), shown.get(), "declined", now);
        return Optional.of(says(handle, turn, Words.reply(toCancel ? "cancel_not_wanted" : "proposal_declined")));
    }

    private static Optional<Proposal> shown(Handle handle, TurnRef turn, int shownIn, Instant now) {
        return Proposals.latest(handle, turn.conversation(), now)
                .filter(p -> p.status() == Proposal.Status.open || p.status() == Proposal.Status.expired)
                .filter(p -> p.turn() == shownIn && isInReply(handle, turn, shownIn, p.proposalId()));
    }

    /** A turn that ended in an excuse may have proposed something, which nobody has seen. */
    private static boolean isInReply(Handle handle, TurnRef turn, int shownIn, ProposalId proposal) {
        return handle.createQuery("""
                        SELECT EXISTS (SELECT FROM message
                            WHERE conversation_id = :id AND turn = :turn AND reply->>'proposal' = :proposal)""")
                .bind("id", turn.conversation())
                .bind("turn", shownIn)
                .bind("proposal", proposal)
                .mapTo(Boolean.class)
                .one();
    }

    /** A yes to the order that was shown last, and how it is paid; what a store keeps is paid there in any case. */
    private Optional<Decision> confirmAndPay(Handle handle, TurnRef turn, int round, PayWish wish, KeptCard keptCard) {
        OptionalInt shownIn =
                lastShown(handle, turn, Turns.message(handle, turn).channel());
        if (shownIn.isEmpty()) {
            return Optional.empty();
        }
        return shown(handle, turn, shownIn.getAsInt(), clock.instant())
                .filter(proposal ->
                        wish.journeyId().isEmpty() || wish.journeyId().equalsIgnoreCase(proposal.journeyId()))
                .flatMap(proposal -> switch (proposal.kind()) {
                    case "Checkout" -> Optional.of(confirm(handle, turn, proposal, wish, keptCard));
                    case "Reservation" ->
                        wish.kind() == MethodKind.cash_on_delivery
                                ? Optional.of(new Decision.Confirm(proposal.proposalId()))
                                : Optional.<Decision>empty();
                    default -> Optional.<Decision>empty();
                })
                .map(decision -> decided(handle, turn, round, decision, Optional.empty()));
    }

    private static Decision confirm(Handle handle, TurnRef turn, Proposal proposal, PayWish wish, KeptCard keptCard) {
        Optional<PaymentMethod> method = method(handle, turn, wish, keptCard);
        return new Decision.Confirm(
                proposal.proposalId(),
                method,
                method.isPresent() ? Optional.empty() : Optional.of(lacks(wish, keptCard)));
    }

    /** A code of the house's words: what is missing when nothing stands for what the customer pays with. */
    private static String lacks(PayWish wish, KeptCard keptCard) {
        return keptCard.kept().isPresent() ? wish.lacks() : "cards_unknown";
    }

    /** Empty when nothing stands for what the customer wants to pay with. */
    private static Optional<PaymentMethod> method(Handle handle, TurnRef turn, PayWish wish, KeptCard keptCard) {
        return switch (wish.kind()) {
            case upi ->
                Turns.paymentToken(handle, turn).map(token -> new PaymentMethod(wish.kind(), Optional.of(token)));
            case card -> keptCard.token().map(token -> new PaymentMethod(wish.kind(), Optional.of(token)));
            case cash_on_delivery -> Optional.of(new PaymentMethod(wish.kind(), Optional.empty()));
        };
    }

    private Optional<Decision> toCancellation(Handle handle, TurnRef turn, int round, YesOrNo word, String workflowId) {
        if (word == YesOrNo.no) {
            return Optional.of(says(handle, turn, Words.reply("cancel_not_wanted")));
        }
        return Optional.of(decided(handle, turn, round, new Decision.CancelJourney(workflowId), Optional.empty()));
    }

    /** Only a journey of this conversation that still runs can be meant, and only the customer's yes stops it. */
    private Optional<Decision> askWhetherToCancel(Handle handle, TurnRef turn, int round, CancelWish wish) {
        record Live(String workflowId, String journeyId) {}
        List<Live> live = handle.createQuery("""
                        SELECT workflow_id, journey_id FROM journey
                        WHERE conversation_id = :id AND kind = :kind AND (:named = '' OR upper(journey_id) = :named)
                          -- also while staff find out what became of its payment: then it ends once that is settled
                          AND (status IN ('running', 'waiting_for_customer', 'waiting_for_agent') OR code = 'payment_unresolved')
                        ORDER BY started_at DESC LIMIT 5""")
                .bind("id", turn.conversation())
                .bind("kind", wish.kind())
                .bind("named", wish.journeyId())
                .map((row, context) -> new Live(row.getString(1), row.getString(2)))
                .list();
        if (live.isEmpty()) {
            return Optional.empty();
        }
        if (live.size() > 1) {
            return Optional.of(says(
                    handle,
                    turn,
                    Words.whichToCancel(wish, live.stream().map(Live::journeyId).toList())));
        }
        decided(
                handle,
                turn,
                round,
                new Decision.Replied(),
                Optional.of(live.getFirst().workflowId()));
        return Optional.of(
                says(handle, turn, Words.askToCancel(wish, live.getFirst().journeyId())));
    }

    /**
     * Only an order of this conversation can be meant that waits for its payment, or is on its way there; else one that was confirmed a
     * moment ago, so that who was a moment too late hears how it is paid. What else it may mean, the model says.
     */
    private Optional<Decision> pay(Handle handle, TurnRef turn, int round, PayWish wish, KeptCard keptCard) {
        List<Payable> payable = Payable.unpaid(handle, turn.conversation(), wish.journeyId());
        if (payable.size() > 1) {
            return Optional.of(says(
                    handle,
                    turn,
                    Words.whichToPay(payable.stream().map(Payable::journeyId).toList())));
        }
        Optional<Payable> order = payable.stream()
                .findFirst()
                .or(() -> Payable.justConfirmed(handle, turn.conversation(), wish.journeyId(), clock.instant()));
        if (order.isEmpty()) {
            return Optional.empty();
        }
        Optional<PaymentMethod> method = method(handle, turn, wish, keptCard);
        if (method.isEmpty()) {
            return Optional.of(says(
                    handle,
                    turn,
                    keptCard.kept()
                            .filter(any -> wish.kind() == MethodKind.card)
                            .map(Words::whichKeptCard)
                            .orElseGet(() -> Words.reply(lacks(wish, keptCard)))));
        }
        return Optional.of(decided(
                handle, turn, round, new Decision.Pay(order.get().workflowId(), method.get()), Optional.empty()));
    }

    private Decision decided(Handle handle, TurnRef turn, int round, Decision decision, Optional<String> asksToCancel) {
        insert(
                handle,
                turn,
                round,
                decision,
                new ModelAnswer("", List.of(), Words.HOUSE, 0, 0),
                List.of(),
                NO_TOOLS,
                asksToCancel);
        return decision;
    }

    private Decision says(Handle handle, TurnRef turn, Reply reply) {
        String channel = Turns.message(handle, turn).channel();
        Turns.reply(handle, turn, channel, reply, clock.instant());
        return new Decision.Replied();
    }

    /**
     * The turn whose reply was the last thing shown on that channel when the customer said this; empty when a journey's news came after it, or
     * when anything came after they had said it: a yes that was sent before a proposal came is none to it.
     */
    private static OptionalInt lastShown(Handle handle, TurnRef turn, String channel) {
        int shownIn = handle.createQuery("""
                        SELECT coalesce((
                            SELECT CASE WHEN e.kind = 'reply' AND e.seq < (
                                    SELECT seq FROM event WHERE conversation_id = :id AND kind = 'message' AND turn = :turn
                                    ORDER BY seq DESC LIMIT 1)
                                THEN e.turn ELSE 0 END
                            FROM event e
                            WHERE e.conversation_id = :id
                              AND (e.kind = 'news' OR (e.kind = 'reply' AND e.body->>'channel' = :channel))
                            ORDER BY e.seq DESC LIMIT 1), 0)""")
                .bind("id", turn.conversation())
                .bind("turn", turn.turn())
                .bind("channel", channel)
                .mapTo(Integer.class)
                .one();
        return shownIn == 0 ? OptionalInt.empty() : OptionalInt.of(shownIn);
    }

    private static Optional<String> askedToCancel(Handle handle, TurnRef turn, int shownIn) {
        return handle.createQuery("""
                        SELECT decision->>'asksToCancel' FROM model_step
                        WHERE conversation_id = :id AND turn = :turn AND decision->>'asksToCancel' IS NOT NULL LIMIT 1""")
                .bind("id", turn.conversation())
                .bind("turn", shownIn)
                .mapTo(String.class)
                .findOne();
    }

    private Decision keep(Handle handle, TurnRef turn, int round, ModelAnswer answer, Offer offer) {
        EventLog.lock(handle, turn.conversation());
        Turns.Round locked = Turns.round(handle, turn, round);
        if (locked.known().isPresent()) {
            return locked.known().get();
        }
        Instant now = clock.instant();
        ToolCatalogue tools = offer.tools();
        if (answer.calls().isEmpty()) {
            Decision replied = new Decision.Replied();
            insert(handle, turn, round, replied, answer, List.of(), offer.names(), Optional.empty());
            String channel = locked.message().channel();
            List<Turns.Call> calls = round == 0 ? List.of() : Turns.calls(handle, turn);
            Optional<Proposal> proposal = calls.reversed().stream()
                    .filter(call ->
                            tools.named(call.tool()).filter(Tool::proposes).isPresent())
                    .flatMap(call -> Proposals.ofCall(handle, turn, call.callId(), now).stream())
                    .filter(p -> p.status() == Proposal.Status.open)
                    .findFirst();
            Reply reply = new Reply(
                    ChannelShape.shaped(channel, answer.text()),
                    Cards.of(answer.text(), calls, proposal),
                    proposal.map(Proposal::proposalId),
                    answer.model());
            Turns.reply(handle, turn, channel, reply, now);
            return replied;
        }
        List<ToolCallRef> toRun = new ArrayList<>();
        List<ToolCall> named = new ArrayList<>();
        for (int position = 1; position <= answer.calls().size(); position++) {
            ToolCall call = answer.calls().get(position - 1);
            String callId = "t" + turn.turn() + "r" + round + "c" + position;
            named.add(
                    new ToolCall(callId, cut(call.name(), LONGEST_NAME), cut(call.argumentsJson(), LONGEST_ARGUMENTS)));
            tools.named(call.name())
                    .filter(tool -> tools.check(tool, call.argumentsJson()) instanceof Checked.Valid)
                    .ifPresent(tool -> toRun.add(new ToolCallRef(callId, tool.operation(), tool.proposes())));
        }
        Decision decision = new Decision.CallTools(List.copyOf(toRun));
        insert(handle, turn, round, decision, answer, named, offer.names(), Optional.empty());
        insertCalls(handle, turn, round, named, tools, now);
        ObjectNode progress = Json.mapper().createObjectNode();
        progress.put("turn", turn.turn()).put("round", round);
        ArrayNode running = progress.putArray("tools");
        named.forEach(call -> running.add(call.name()));
        EventLog.append(handle, turn.conversation(), "progress", turn.turn(), progress, now);
        return decision;
    }

    /** A call that cannot run has its result at once: no such tool, or arguments that do not fit. */
    private static void insertCalls(
            Handle handle, TurnRef turn, int round, List<ToolCall> calls, ToolCatalogue tools, Instant now) {
        for (int position = 1; position <= calls.size(); position++) {
            ToolCall call = calls.get(position - 1);
            handle.createUpdate("""
                            INSERT INTO tool_call (conversation_id, turn, call_id, round, position, tool, arguments)
                            VALUES (:id, :turn, :call, :round, :position, :tool, :arguments)""")
                    .bind("id", turn.conversation())
                    .bind("turn", turn.turn())
                    .bind("call", call.id())
                    .bind("round", round)
                    .bind("position", position)
                    .bind("tool", call.name())
                    .bind("arguments", call.argumentsJson())
                    .execute();
            Optional<Tool> tool = tools.named(call.name());
            if (tool.isEmpty()) {
                ToolRefusal unknown = ToolRefusal.of(
                        "unknown_tool", "There is no such tool.", "Use only the tools that you were given.");
                Turns.result(handle, turn, call.id(), unknown.json(), now);
            } else if (tools.check(tool.get(), call.argumentsJson()) instanceof Checked.Invalid invalid) {
                Turns.result(
                        handle,
                        turn,
                        call.id(),
                        ToolCalls.invalidArguments(invalid).json(),
                        now);
            }
        }
    }

    private void insert(
            Handle handle,
            TurnRef turn,
            int round,
            Decision decision,
            ModelAnswer answer,
            List<ToolCall> calls,
            String offered,
            Optional<String> asksToCancel) {
        ObjectNode stored = Json.mapper().createObjectNode();
        stored.put("decision", Json.write(decision)).put("text", answer.text());
        stored.set("calls", Json.mapper().valueToTree(calls));
        asksToCancel.ifPresent(workflowId -> stored.put("asksToCancel", workflowId));
        handle.createUpdate("""
                        INSERT INTO model_step (conversation_id, turn, round, decision, tools, model, input_tokens, output_tokens, decided_at)
                        VALUES (:id, :turn, :round, cast(:decision AS jsonb), cast(:tools AS jsonb), :model, :input, :output, :now)""")
                .bind("id", turn.conversation())
                .bind("turn", turn.turn())
                .bind("round", round)
                .bind("decision", stored.toString())
                .bind("tools", offered)
                .bind("model", answer.model())
                .bind("input", answer.inputTokens())
                .bind("output", answer.outputTokens())
                .bind("now", clock.instant())
                .execute();
    }

    private record Said(int turn, String text, Instant at, Optional<String> reply) {}

    private record News(String text, Instant at) {}

    private record Step(int turn, int round) {}

    private ModelQuestion question(Handle handle, TurnRef turn, Turns.Message message, ToolCatalogue tools) {
        List<Said> turns = handle.createQuery("""
                        SELECT turn, text, accepted_at, reply->>'text' FROM message
                        WHERE conversation_id = :id AND turn <= :turn ORDER BY turn DESC LIMIT :limit""")
                .bind("id", turn.conversation())
                .bind("turn", turn.turn())
                .bind("limit", TURNS_REMEMBERED)
                .map((row, context) -> new Said(
                        row.getInt(1),
                        row.getString(2),
                        row.getTimestamp(3).toInstant(),
                        Optional.ofNullable(row.getString(4))))
                .list()
                .reversed();
        Deque<News> news = new ArrayDeque<>(handle.createQuery("""
                        SELECT body->>'text', at FROM event
                        WHERE conversation_id = :id AND kind = 'news' ORDER BY seq DESC LIMIT :limit""")
                .bind("id", turn.conversation())
                .bind("limit", NEWS_REMEMBERED)
                .map((row, context) ->
                        new News(row.getString(1), row.getTimestamp(2).toInstant()))
                .list()
                .reversed());
        int firstWithTools = turn.turn() - TURNS_WITH_TOOLS + 1;
        Map<Integer, List<Turns.Call>> calls = Turns.callsSince(handle, turn, firstWithTools);
        Map<Step, String> texts = texts(handle, turn, firstWithTools);
        List<ModelMessage> messages = new ArrayList<>();
        for (Said said : turns) {
            while (!news.isEmpty() && news.getFirst().at().isBefore(said.at())) {
                ModelMessage told =
                        new ModelMessage.Assistant(news.removeFirst().text(), List.of());
                // providers want the customer's words first; what happened before them is too long ago
                if (!messages.isEmpty()) {
                    messages.add(told);
                }
            }
            messages.add(new ModelMessage.Customer(said.text()));
            steps(said.turn(), calls.getOrDefault(said.turn(), List.of()), texts, messages);
            said.reply().ifPresent(text -> messages.add(new ModelMessage.Assistant(text, List.of())));
        }
        return new ModelQuestion(
                messages,
                tools.specs(),
                message.channel(),
                Turns.session(handle, turn.conversation()).customer().isPresent(),
                clock.instant());
    }

    /** Every call has its result behind it, also one whose result never came. */
    private static void steps(int turn, List<Turns.Call> calls, Map<Step, String> texts, List<ModelMessage> messages) {
        int latest = calls.stream().mapToInt(Turns.Call::round).max().orElse(0);
        for (int round = 0; round <= latest; round++) {
            int current = round;
            List<Turns.Call> ofRound =
                    calls.stream().filter(call -> call.round() == current).toList();
            if (ofRound.isEmpty()) {
                continue;
            }
            messages.add(new ModelMessage.Assistant(
                    texts.getOrDefault(new Step(turn, current), ""),
                    ofRound.stream()
                            .map(call -> new ToolCall(call.callId(), call.tool(), call.arguments()))
                            .toList()));
            for (Turns.Call call : ofRound) {
                messages.add(new ModelMessage.ToolResult(
                        call.callId(),
                        call.tool(),
                        call.result()
                                .orElseGet(() -> ToolRefusal.of(
                                                "no_result",
                                                "This call did not finish; nobody knows what became of it.",
                                                "Say so honestly; call the tool again if it is still wanted.")
                                        .json())));
            }
        }
    }

    /** What the model said beside its calls. */
    private static Map<Step, String> texts(Handle handle, TurnRef last, int first) {
        record Text(Step step, String text) {}
        return handle
                .createQuery("""
                        SELECT turn, round, coalesce(decision->>'text', '') FROM model_step
                        WHERE conversation_id = :id AND turn BETWEEN :first AND :last""")
                .bind("id", last.conversation())
                .bind("first", first)
                .bind("last", last.turn())
                .map((row, context) -> new Text(new Step(row.getInt(1), row.getInt(2)), row.getString(3)))
                .list()
                .stream()
                .collect(Collectors.toMap(Text::step, Text::text));
    }

    private static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest);
    }
}
