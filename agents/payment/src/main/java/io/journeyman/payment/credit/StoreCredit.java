package io.journeyman.payment.credit;

import io.journeyman.contracts.CreditId;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.Payment.CreditAccount;
import io.journeyman.contracts.Payment.CreditGrant;
import io.journeyman.contracts.Payment.CreditMove;
import io.journeyman.contracts.Payment.CreditRefund;
import io.journeyman.contracts.Payment.CreditUse;
import io.journeyman.contracts.Payment.GrantCredit;
import io.journeyman.contracts.Payment.GrantStatus;
import io.journeyman.contracts.Payment.RefundCredit;
import io.journeyman.contracts.Payment.ReserveCredit;
import io.journeyman.contracts.Payment.UseStatus;
import io.journeyman.contracts.Problem;
import io.journeyman.contracts.RefundId;
import io.journeyman.contracts.ShopCurrency;
import io.journeyman.kit.ProblemException;
import io.journeyman.payment.credit.CreditLedger.Account;
import io.journeyman.payment.credit.CreditTable.StandingGrant;
import io.journeyman.payment.credit.CreditTable.StandingRefund;
import io.journeyman.payment.credit.CreditTable.StandingUse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * What the shop owes its customers to buy for. A grant is granted → taken_back, a use reserved → spent, both → released; the last ones
 * are for ever, also when they come first. Each method runs in the caller's transaction, which must be rolled back when it throws.
 */
public final class StoreCredit {
    /** What a customer may have at most, in minor units: grants beyond it are refused. */
    static final long MOST = 1_000_000_000;

    /**
     * How long what an order gives back can be used at least, whatever date it had: nobody loses credit because their order failed, was
     * cancelled or sent back, and has as long to order again as a parcel that goes back may take.
     */
    static final Duration GRACE = Duration.ofDays(14);

    /** A date is at least so far ahead that clocks which differ a little agree on it. */
    private static final Duration SOONEST = Duration.ofHours(1);

    private static final Duration LATEST = Duration.ofDays(3_660);
    private static final int MOST_ENTRIES = 20;

    private final InstantSource clock;
    private final CreditSettings settings;

    public StoreCredit(InstantSource clock, CreditSettings settings) {
        this.clock = clock;
        this.settings = settings;
    }

    io.journeyman.contracts.Payment.StoreCredit of(Handle handle, CustomerId customer) {
        var ledger = handle.attach(CreditLedger.class);
        Instant now = clock.instant();
        ledger.lapse(customer, now);
        Account account = ledger.find(customer)
                .orElse(new Account(
                        ShopCurrency.here().zero(), ShopCurrency.here().zero()));
        return new io.journeyman.contracts.Payment.StoreCredit(
                customer,
                account.spendable(),
                account.reserved(),
                ledger.expiring(customer, now, MOST_ENTRIES),
                ledger.entries(customer, MOST_ENTRIES));
    }

    /** What staff want to know of it. */
    CreditAccount account(Handle handle, CustomerId customer) {
        var credit = of(handle, customer);
        return new CreditAccount(
                customer,
                credit.spendable(),
                credit.reserved(),
                credit.expiring(),
                handle.attach(CreditTable.class).grants(customer, MOST_ENTRIES),
                credit.entries());
    }

    /** @throws ProblemException grant_differs, currency_differs, too_much_credit, date_out_of_range */
    CreditGrant grant(Handle handle, GrantCredit wanted) {
        var table = handle.attach(CreditTable.class);
        var ledger = handle.attach(CreditLedger.class);
        Instant now = clock.instant();
        Optional<Instant> expiresAt = settings.dateOf(wanted, now);
        ledger.open(wanted.customerId(), wanted.amount().currency(), now);
        if (!table.add(wanted, wanted.amount().currency(), expiresAt, now)) {
            StandingGrant standing = table.lockGrant(wanted.grantId()).orElseThrow();
            if (standing.customerId().isPresent() && !standing.is(wanted)) {
                throw problem(
                        409,
                        "grant_differs",
                        "That grant stands with other contents.",
                        "Use a new grantId for another grant.");
            }
            return standing.answer(standing.status());
        }
        requireCurrency(ledger, wanted.customerId(), wanted.amount());
        wanted.expiresAt().ifPresent(date -> requireInRange(date, now));
        ledger.lapse(wanted.customerId(), now);
        ledger.grant(wanted.customerId(), wanted.amount(), wanted.grantId(), expiresAt, now);
        Account account = ledger.find(wanted.customerId()).orElseThrow();
        if (account.spendable().plus(account.reserved()).minor() > MOST) {
            throw problem(
                    422,
                    "too_much_credit",
                    "A customer has " + new Money(MOST, wanted.amount().currency()).shown() + " of credit at most.",
                    "Grant less.");
        }
        return new CreditGrant(wanted.grantId(), GrantStatus.granted, wanted.amount(), expiresAt);
    }

    private static void requireInRange(Instant date, Instant now) {
        if (date.isBefore(now.plus(SOONEST)) || date.isAfter(now.plus(LATEST))) {
            throw problem(
                    422,
                    "date_out_of_range",
                    "Store credit can end in an hour at the soonest, and in ten years at the latest.",
                    "Give a later or an earlier date, or none.");
        }
    }

    /** @throws ProblemException credit_spent, credit_expired */
    CreditGrant takeBack(Handle handle, CreditId grant) {
        var table = handle.attach(CreditTable.class);
        Instant now = clock.instant();
        if (table.buryGrant(grant, now)) {
            return new CreditGrant(
                    grant, GrantStatus.taken_back, ShopCurrency.here().zero(), Optional.empty());
        }
        StandingGrant standing = table.lockGrant(grant).orElseThrow();
        if (standing.status() == GrantStatus.granted) {
            if (standing.expiresAt().filter(date -> !date.isAfter(now)).isPresent()) {
                throw problem(
                        409,
                        "credit_expired",
                        "The date of that credit is over: what was left of it has expired already.",
                        "Look at the customer's account.");
            }
            boolean taken = handle.attach(CreditLedger.class)
                    .takeBack(standing.customerId().orElseThrow(), standing.amount(), grant, standing.expiresAt(), now);
            if (!taken) {
                throw problem(
                        409,
                        "credit_spent",
                        "The customer has spent that credit, or has set it aside for an order.",
                        "Leave it to the customer, or try again when their order was cancelled.");
            }
            table.takeBack(grant, now);
        }
        return standing.answer(GrantStatus.taken_back);
    }

    /** @throws ProblemException credit_gone, use_differs, order_has_credit, credit_beyond_total, currency_differs */
    CreditUse reserve(Handle handle, ReserveCredit wanted) {
        var table = handle.attach(CreditTable.class);
        var ledger = handle.attach(CreditLedger.class);
        Instant now = clock.instant();
        if (!wanted.orderTotal().currency().equals(wanted.amount().currency())) {
            throw problem(422, "currency_differs", "Credit and order must be in one currency.");
        }
        if (wanted.amount().minor() > wanted.orderTotal().minor()) {
            throw problem(422, "credit_beyond_total", "Credit can pay what the order costs at most.");
        }
        ledger.open(wanted.customerId(), wanted.amount().currency(), now);
        if (!table.add(wanted, wanted.amount().currency(), now)) {
            return standing(table, wanted);
        }
        requireCurrency(ledger, wanted.customerId(), wanted.amount());
        if (!ledger.reserve(wanted.customerId(), wanted.amount(), wanted.useId(), now)) {
            throw gone("There is not so much store credit any more.");
        }
        return new CreditUse(wanted.useId(), Optional.of(wanted.orderId()), UseStatus.reserved, wanted.amount());
    }

    private static CreditUse standing(CreditTable table, ReserveCredit wanted) {
        StandingUse standing = table.lockUse(wanted.useId())
                .orElseThrow(() -> problem(
                        409,
                        "order_has_credit",
                        "Another use of store credit is reserved or spent for that order.",
                        "Release the other one first."));
        if (standing.status() == UseStatus.released) {
            throw gone("That store credit was released.");
        }
        if (!standing.is(wanted)) {
            throw problem(409, "use_differs", "That use of store credit stands with other contents.");
        }
        return answer(standing, standing.status());
    }

    /** @throws ProblemException credit_gone */
    CreditUse spend(Handle handle, CreditId use) {
        var table = handle.attach(CreditTable.class);
        Instant now = clock.instant();
        StandingUse standing = table.lockUse(use).orElseThrow(() -> gone("Nothing is set aside under that key."));
        return switch (standing.status()) {
            case released -> throw gone("That store credit was released.");
            case spent -> answer(standing, UseStatus.spent);
            case reserved -> {
                require(
                        standing,
                        handle.attach(CreditLedger.class)
                                .spend(standing.customerId().orElseThrow(), standing.amount(), use, now));
                table.spend(use, now);
                yield answer(standing, UseStatus.spent);
            }
        };
    }

    /** Gives back what was set aside or spent; when nothing is there yet, sees to it that nothing ever will be. */
    CreditUse release(Handle handle, CreditId use) {
        var table = handle.attach(CreditTable.class);
        Instant now = clock.instant();
        if (table.buryUse(use, now)) {
            return new CreditUse(
                    use,
                    Optional.empty(),
                    UseStatus.released,
                    ShopCurrency.here().zero());
        }
        StandingUse standing = table.lockUse(use).orElseThrow();
        switch (standing.status()) {
            case released -> {}
            case reserved -> {
                giveBack(handle, CreditMove.freed, standing, standing.amount(), Optional.empty(), now);
                table.release(use, now);
            }
            case spent -> {
                Money left = standing.amount().minus(standing.givenBack());
                if (left.minor() > 0) {
                    giveBack(handle, CreditMove.given_back, standing, left, Optional.empty(), now);
                }
                table.release(use, now);
            }
        }
        return answer(standing, UseStatus.released);
    }

    /** @throws ProblemException refund_too_large, refund_differs, currency_differs; not_spent, until its order's credit is */
    CreditRefund refund(Handle handle, OrderId order, RefundCredit wanted) {
        var table = handle.attach(CreditTable.class);
        Optional<StandingUse> spent = table.lockLive(order);
        Optional<StandingRefund> known = table.find(wanted.refundId());
        if (known.isPresent()) {
            if (!known.get().is(order, wanted)) {
                throw refundDiffers();
            }
            return parts(
                    order, wanted.refundId(), known.get().amount(), known.get().credit());
        }
        if (spent.filter(use -> use.status() == UseStatus.reserved).isPresent()) {
            throw ProblemException.tryAgain(
                    Problem.of(409, "not_spent", "The store credit that pays that order is not spent yet. Try again."),
                    60);
        }
        if (spent.isEmpty()) {
            return parts(
                    order,
                    wanted.refundId(),
                    wanted.amount(),
                    new Money(0, wanted.amount().currency()));
        }
        return refund(handle, table, spent.get(), wanted);
    }

    private CreditRefund refund(Handle handle, CreditTable table, StandingUse spent, RefundCredit wanted) {
        if (!spent.amount().currency().equals(wanted.amount().currency())) {
            throw problem(
                    422,
                    "currency_differs",
                    "The order was paid in " + spent.amount().currency() + ".");
        }
        Instant now = clock.instant();
        Money amount = wanted.asFarAsItGoes().orElse(false) ? spent.leftOf(wanted.amount()) : wanted.amount();
        Money credit = spent.creditOf(amount);
        if (amount.minor() == 0) {
            return parts(spent.orderId().orElseThrow(), wanted.refundId(), amount, credit);
        }
        if (!table.refund(spent.useId(), amount, credit, now)) {
            throw problem(
                    422,
                    "refund_too_large",
                    "Refunds would exceed what the order cost.",
                    "Ask for less, or look at what was refunded before.");
        }
        if (!table.add(wanted.refundId(), spent.useId(), amount, credit, now)) {
            throw refundDiffers();
        }
        if (credit.minor() > 0) {
            giveBack(handle, CreditMove.given_back, spent, credit, Optional.of(wanted.refundId()), now);
        }
        return parts(spent.orderId().orElseThrow(), wanted.refundId(), amount, credit);
    }

    private static void giveBack(
            Handle handle, CreditMove kind, StandingUse use, Money amount, Optional<RefundId> refund, Instant now) {
        require(
                use,
                handle.attach(CreditLedger.class)
                        .giveBack(
                                kind,
                                use.customerId().orElseThrow(),
                                amount,
                                use.useId(),
                                use.givenBack(),
                                refund,
                                now.plus(GRACE),
                                now));
    }

    /** What a use has set aside, or has spent, is there. */
    private static void require(StandingUse use, boolean moved) {
        if (!moved) {
            throw new IllegalStateException("the account of use " + use.useId() + " lacks what the use has");
        }
    }

    private static void requireCurrency(CreditLedger ledger, CustomerId customer, Money amount) {
        String kept = ledger.find(customer).orElseThrow().spendable().currency();
        if (!kept.equals(amount.currency())) {
            throw problem(422, "currency_differs", "The customer's store credit is kept in " + kept + ".");
        }
    }

    private static CreditRefund parts(OrderId order, RefundId refund, Money amount, Money credit) {
        return new CreditRefund(refund, order, credit, amount.minus(credit));
    }

    private static CreditUse answer(StandingUse standing, UseStatus status) {
        return new CreditUse(standing.useId(), standing.orderId(), status, standing.amount());
    }

    private static ProblemException refundDiffers() {
        return problem(
                422,
                "refund_differs",
                "That refund stands with another amount, or for another order.",
                "Use a new refundId for another refund.");
    }

    private static ProblemException gone(String detail) {
        return problem(409, "credit_gone", detail, "Ask for a new quote.");
    }

    private static ProblemException problem(int status, String code, String detail, String... suggestions) {
        return new ProblemException(Problem.of(status, code, detail, suggestions));
    }
}
