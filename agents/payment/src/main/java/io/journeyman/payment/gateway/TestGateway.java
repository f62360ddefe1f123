package io.journeyman.payment.gateway;

import io.journeyman.contracts.Money;
import io.journeyman.contracts.RefundId;
import io.journeyman.contracts.ShopCurrency;
import io.journeyman.payment.gateway.TestLedger.Challenged;
import io.journeyman.payment.gateway.TestLedger.Charge;
import io.journeyman.payment.gateway.TestLedger.Refund;
import io.journeyman.payment.token.Card;
import io.journeyman.payment.token.Vpa;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;

/**
 * The gateway that behaves as its card says: the seed's 4242 is good, 1111 has no funds, 2222 has expired, 3333 is not
 * reachable; 4444 is charged and its answer lost, its refunds' too, and 4040's captures'; 5555 is answered some seconds later, 5050
 * declined some seconds later; 6060 is declined when the same amount comes again within a minute; 6666 has no funds at first and is
 * good from then on; 7777 asks the customer (3-D Secure); 8888 is looked at as suspicious and let go, 9898 refused; 2020 is refunded
 * some seconds later; 3030 cannot be refunded. UPI addresses are asked in the test bank's app; success@test is paid some seconds later,
 * slow@test still later, decline@test refused, expire@test never answered. It keeps its own ledger of what it was
 * asked and what it charged, so that tests and staff can compare ours with it.
 */
public final class TestGateway implements Gateway {
    private final Jdbi jdbi;
    private final InstantSource clock;

    public TestGateway(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    @Override
    public String vault(Card card) {
        return vaulted("card", card.number().mock());
    }

    /** One of Stripe's names for tests, so that a page with Stripe's form can be tried here. */
    @Override
    public Adopted adopt(String method) {
        if (!method.equals("pm_card_visa")) {
            throw new MethodRefused("unknown_method");
        }
        return new Adopted(vaulted("card", "4242"), "Visa", "4242", Optional.empty());
    }

    @Override
    public boolean keepsCards() {
        return true;
    }

    /** The addresses with @test behave as they say; any other one is asked in the test bank's app. */
    @Override
    public String vault(Vpa vpa) {
        return vaulted(
                "upi",
                switch (vpa.revealed()) {
                    case "success@test", "slow@test", "decline@test", "expire@test" -> vpa.revealed();
                    default -> "upi";
                });
    }

    private String vaulted(String kind, String behaviour) {
        String reference = kind + "-" + UUID.randomUUID();
        jdbi.useHandle(handle -> handle.createUpdate("""
                        INSERT INTO gateway_card (reference, behaviour, created_at)
                        VALUES (:reference, :behaviour, :now)""")
                .bind("reference", reference)
                .bind("behaviour", behaviour)
                .bind("now", clock.instant())
                .execute());
        return reference;
    }

    @Override
    public Answer authorise(ChargeKey key, String reference, Money amount) {
        String behaviour = jdbi.withHandle(handle -> new TestLedger(handle, clock.instant()).behaviour(reference));
        if (behaviour.equals("3333")) {
            throw new GatewayUnreachable();
        }
        boolean[] fresh = new boolean[1];
        Answer answer = inLedger("authorise", key.toString(), ledger -> {
            Optional<Charge> known = ledger.lock(key);
            if (known.isPresent()) {
                return answer(ledger, known.get());
            }
            fresh[0] = true;
            return answer(ledger, opened(ledger, key, reference, amount));
        });
        if (behaviour.equals("4444") && fresh[0]) {
            throw new GatewayUnreachable();
        }
        return answer;
    }

    private static Charge opened(TestLedger ledger, ChargeKey key, String reference, Money amount) {
        var card = Optional.of(reference);
        return switch (ledger.behaviour(reference)) {
            case "1111" -> ledger.open(key, card, "declined", "insufficient_funds", amount);
            case "2222" -> ledger.open(key, card, "declined", "expired_card", amount);
            case "5555", "5050" -> ledger.open(key, card, "pending", "", amount);
            case "6060" ->
                ledger.wasJustCharged(reference, amount)
                        ? ledger.open(key, card, "declined", "duplicate", amount)
                        : ledger.open(key, card, "authorised", "", amount);
            case "6666" -> {
                var declined = ledger.open(key, card, "declined", "insufficient_funds", amount);
                ledger.topUp(reference);
                yield declined;
            }
            case "7777" -> ledger.open(key, card, "challenged", "", amount);
            case "8888", "9898", "slow@test" -> ledger.open(key, card, "under_review", "", amount);
            case "success@test", "decline@test", "expire@test" -> ledger.open(key, card, "pending", "", amount);
            case "upi" -> ledger.open(key, card, "collecting", "", amount);
            default -> ledger.open(key, card, "authorised", "", amount);
        };
    }

    @Override
    public Answer settle(ChargeKey key) {
        return inLedger(
                "settle",
                key.toString(),
                ledger -> answer(ledger, ledger.lock(key).orElseGet(() -> closed(ledger, key))));
    }

    @Override
    public Answer capture(ChargeKey key, Money amount) {
        boolean[] lost = new boolean[1];
        Answer answer = inLedger("capture", key.toString(), ledger -> {
            Optional<Charge> known = ledger.lock(key);
            if (known.isEmpty()) {
                return new Answer.NeverCame();
            }
            if (!known.get().status().equals("authorised")) {
                return answer(ledger, known.get());
            }
            lost[0] = known.get().behaviour().equals("4040");
            return answer(ledger, ledger.capture(known.get(), amount));
        });
        if (lost[0]) {
            throw new GatewayUnreachable();
        }
        return answer;
    }

    /** What a customer's page at the bank is about. */
    Optional<Challenged> challenged(String challenge) {
        return jdbi.withHandle(handle -> new TestLedger(handle, clock.instant()).challenged(challenge));
    }

    /** The customer has decided at their bank; false when nobody waits for that any more. */
    boolean decide(ChargeKey key, boolean approved) {
        return jdbi.inTransaction(handle -> {
            var ledger = new TestLedger(handle, clock.instant());
            Optional<Charge> asked = ledger.lock(key)
                    .filter(charge -> TestLedger.ASKED.contains(charge.status()) && !isTooLate(ledger, charge));
            asked.ifPresent(charge -> {
                if (isUpi(charge)) {
                    var _ = approved ? ledger.capture(charge, charge.amount()) : ledger.decline(charge, "upi_declined");
                } else {
                    var _ = approved
                            ? ledger.turn(charge, "authorised")
                            : ledger.decline(charge, "authentication_failed");
                }
            });
            return asked.isPresent();
        });
    }

    @Override
    public Answer cancel(ChargeKey key) {
        return inLedger("cancel", key.toString(), ledger -> {
            Optional<Charge> known = ledger.lock(key);
            if (known.isEmpty()) {
                return answer(ledger, closed(ledger, key));
            }
            Charge charge = known.get();
            return answer(
                    ledger,
                    switch (charge.status()) {
                        case "pending", "challenged", "collecting", "under_review", "authorised" ->
                            ledger.turn(charge, "voided");
                        case "captured" -> {
                            ledger.giveBackTheRest(charge);
                            yield ledger.turn(charge, "refunded");
                        }
                        default -> charge;
                    });
        });
    }

    @Override
    public RefundAnswer refund(ChargeKey charge, RefundId refund, Money amount) {
        boolean[] lost = new boolean[1];
        RefundAnswer answer = inLedger("refund", refund.value(), ledger -> {
            Optional<Charge> charged = ledger.lock(charge);
            Optional<Refund> known = ledger.find(refund);
            if (known.isPresent()) {
                return answer(ledger, refund, known.get());
            }
            if (charged.isEmpty()) {
                return new RefundAnswer.Failed("not_captured");
            }
            lost[0] = charged.get().behaviour().equals("4444");
            return answer(ledger, refund, opened(ledger, charged.get(), refund, amount));
        });
        if (lost[0]) {
            throw new GatewayUnreachable();
        }
        return answer;
    }

    private static Refund opened(TestLedger ledger, Charge charge, RefundId refund, Money amount) {
        if (ledger.left(charge).minor() < amount.minor()) {
            return ledger.open(charge, refund, "failed", "refund_too_large", amount);
        }
        return switch (charge.behaviour()) {
            case "2020" -> ledger.open(charge, refund, "pending", "", amount);
            case "3030" -> ledger.open(charge, refund, "failed", "card_closed", amount);
            default -> ledger.open(charge, refund, "refunded", "", amount);
        };
    }

    private static Charge closed(TestLedger ledger, ChargeKey key) {
        return ledger.open(
                key, Optional.empty(), "closed", "", ShopCurrency.here().zero());
    }

    private static Answer answer(TestLedger ledger, Charge charge) {
        return switch (charge.status()) {
            case "pending", "under_review" ->
                ledger.isReady(charge.readyAt()) ? answer(ledger, known(ledger, charge)) : new Answer.Pending();
            case "challenged" ->
                new Answer.NeedsCustomer(
                        "three_d_secure", charge.challenge().map(challenge -> URI.create("/test-bank/" + challenge)));
            case "collecting" ->
                isTooLate(ledger, charge)
                        ? answer(ledger, ledger.decline(charge, "upi_expired"))
                        : new Answer.NeedsCustomer(
                                "upi_collect",
                                charge.challenge().map(challenge -> URI.create("/test-bank/" + challenge)));
            case "authorised" -> new Answer.Authorised();
            case "captured" -> new Answer.Captured(charge.captured());
            case "declined" -> new Answer.Declined(charge.code());
            case "closed" -> new Answer.NeverCame();
            default -> new Answer.Cancelled();
        };
    }

    /** UPI moves the money at once: there is nothing to be captured later. */
    private static boolean isUpi(Charge charge) {
        return charge.status().equals("collecting");
    }

    private static boolean isTooLate(TestLedger ledger, Charge charge) {
        return charge.status().equals("collecting") && ledger.isReady(charge.readyAt());
    }

    /** What the bank, or who looks at suspicious payments, comes to in the end. */
    private static Charge known(TestLedger ledger, Charge charge) {
        return switch (charge.behaviour()) {
            case "5050" -> ledger.decline(charge, "insufficient_funds");
            case "9898" -> ledger.decline(charge, "under_suspicion");
            case "decline@test" -> ledger.decline(charge, "upi_declined");
            case "expire@test" -> ledger.decline(charge, "upi_expired");
            case "success@test", "slow@test" -> ledger.capture(charge, charge.amount());
            default -> ledger.turn(charge, "authorised");
        };
    }

    private static RefundAnswer answer(TestLedger ledger, RefundId id, Refund refund) {
        return switch (refund.status()) {
            case "pending" -> {
                if (!ledger.isReady(refund.readyAt())) {
                    yield new RefundAnswer.OnItsWay();
                }
                ledger.turn(id, "refunded");
                yield new RefundAnswer.Refunded();
            }
            case "failed" -> new RefundAnswer.Failed(refund.code());
            default -> new RefundAnswer.Refunded();
        };
    }

    /** One request in one transaction: what was asked and answered is written down with what it changed. */
    private <A> A inLedger(String operation, String key, Function<TestLedger, A> work) {
        return jdbi.inTransaction(handle -> {
            var ledger = new TestLedger(handle, clock.instant());
            A answer = work.apply(ledger);
            ledger.asked(operation, key, answer.getClass().getSimpleName());
            return answer;
        });
    }
}
