package io.journeyman.activities.conversation;

import io.journeyman.contracts.Loyalty.AppliedOffer;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.PostPurchase.LineWarranty;
import io.journeyman.contracts.PricedLine;
import io.journeyman.contracts.QuoteId;
import io.journeyman.contracts.ReservationId;
import java.util.List;
import java.util.Optional;

/** A quote in the making, of somebody's lines: what nobody says of it is not part of it. */
final class QuoteDraft {
    private final Quoting.For whom;
    private final QuoteId id;
    private final List<PricedLine> lines;
    private final Money goods;
    private Money discount;
    private List<AppliedOffer> offers = List.of();
    private long pointsToSpend;
    private Optional<Quote.Delivery> delivery = Optional.empty();
    private Optional<Quote.Pickup> store = Optional.empty();
    private Optional<ReservationId> reservation = Optional.empty();
    private Optional<Quote.Returned> returned = Optional.empty();
    private Optional<Quote.Exchanged> exchanged = Optional.empty();
    private Optional<Quote.Cancelled> cancelled = Optional.empty();
    private Optional<Quote.Moved> moved = Optional.empty();
    private Optional<Quote.Forgotten> forgotten = Optional.empty();
    private Optional<Money> credit = Optional.empty();
    private List<LineWarranty> warranties = List.of();

    QuoteDraft(Quoting.For whom, List<PricedLine> lines, Money goods) {
        this(whom, Quoting.quoteId(), lines, goods);
    }

    QuoteDraft(Quoting.For whom, QuoteId id, List<PricedLine> lines, Money goods) {
        this.whom = whom;
        this.id = id;
        this.lines = lines;
        this.goods = goods;
        this.discount = new Money(0, goods.currency());
    }

    QuoteDraft discount(Money less) {
        discount = less;
        return this;
    }

    QuoteDraft offers(List<AppliedOffer> applied, long points) {
        offers = applied;
        pointsToSpend = points;
        return this;
    }

    QuoteDraft delivered(Quote.Delivery where) {
        delivery = Optional.of(where);
        return this;
    }

    QuoteDraft kept(Quote.Pickup where) {
        store = Optional.of(where);
        return this;
    }

    QuoteDraft insteadOf(Optional<ReservationId> kept) {
        reservation = kept;
        return this;
    }

    QuoteDraft returned(Quote.Returned what) {
        returned = Optional.of(what);
        return this;
    }

    QuoteDraft exchanged(Quote.Exchanged what) {
        exchanged = Optional.of(what);
        return this;
    }

    QuoteDraft cancelled(Quote.Cancelled what) {
        cancelled = Optional.of(what);
        return this;
    }

    QuoteDraft moved(Quote.Moved what) {
        moved = Optional.of(what);
        return this;
    }

    QuoteDraft forgotten(Quote.Forgotten what) {
        forgotten = Optional.of(what);
        return this;
    }

    QuoteDraft credit(Optional<Money> pays) {
        credit = pays;
        return this;
    }

    QuoteDraft warranties(List<LineWarranty> promised) {
        warranties = promised;
        return this;
    }

    /** @throws IllegalArgumentException it does not come to that total, or is of no kind, or of several */
    Quote comesTo(Money total, Money taxIncluded) {
        return new Quote(
                id,
                whom.conversation(),
                whom.customer(),
                whom.channel(),
                lines,
                goods,
                offers,
                discount,
                pointsToSpend,
                delivery,
                store,
                reservation,
                returned,
                exchanged,
                cancelled,
                moved,
                forgotten,
                taxIncluded,
                total,
                credit,
                whom.now().plus(Quoting.VALID),
                warranties);
    }
}
