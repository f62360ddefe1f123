package io.journeyman.contracts;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** The records of {@code inventory.json}: stock and its ledger, holds, bookings, stores, and what is expected. */
public interface Inventory {
    /** Units under which a product is low in stock, over warehouse and stores (the seed's edge case 3). */
    int LOW_STOCK = 50;

    /** Question of the tool check_inventory; size and color filter, city (or a store's name) puts the nearest stores first. */
    record CheckInventory(ProductId productId, Optional<String> size, Optional<String> color, Optional<String> city) {}

    /**
     * @param onlineStatus of the product over warehouse and all stores: in_stock, low_stock (1 to 49) or out_of_stock
     * @param available units of the product over warehouse and stores
     * @param stores only those that have a variant which fits the asked attributes, with the units that fit
     * @param variants every variant that fits the asked attributes, available or not
     * @param attributesAvailable whether any unit fits the asked attributes
     * @param suggestions what to do next when nothing fits
     */
    record Availability(
            ProductId productId,
            OnlineStatus onlineStatus,
            int available,
            int warehouse,
            boolean attributesAvailable,
            List<StoreStock> stores,
            List<VariantStock> variants,
            List<String> suggestions) {
        public Optional<VariantStock> variant(Sku sku) {
            return variants.stream()
                    .filter(variant -> variant.sku().equals(sku))
                    .findFirst();
        }

        /** How many of that variant one order can have now. */
        public int together(Sku sku) {
            return variant(sku).map(VariantStock::together).orElse(0);
        }
    }

    /**
     * How many pieces of each product can be had that fit; at most 50 products.
     *
     * @param store where they must lie, as a customer says it: a store's name, its city, or what its address says
     */
    record LookUpStock(
            List<ProductId> productIds, Optional<String> size, Optional<String> color, Optional<String> store) {}

    /** @param stores those that were meant, where one was asked for */
    record ProductStocks(List<ProductStock> products, Optional<List<Store>> stores) {}

    /** @param orderAhead where no piece that fits is there, and no store was asked for: what can be ordered before it comes */
    record ProductStock(ProductId productId, int available, Optional<OrderAhead> orderAhead) {
        public ProductStock(ProductId productId, int available) {
            this(productId, available, Optional.empty());
        }
    }

    enum OnlineStatus {
        in_stock,
        low_stock,
        out_of_stock
    }

    /** @param distanceMetres as the crow flies from the city that was named, where the shop knows that place */
    record StoreStock(LocationId storeId, String name, String city, int available, Optional<Integer> distanceMetres) {}

    /**
     * @param inOnePlace the most that one place has; answers from before do not say
     * @param expected the next delivery of it that is announced
     * @param orderAhead the next one of which some can be ordered before they are there
     */
    record VariantStock(
            Sku sku,
            String size,
            String color,
            int warehouse,
            int stores,
            Optional<Integer> inOnePlace,
            Optional<ExpectedStock> expected,
            Optional<OrderAhead> orderAhead) {
        /** How many of it one order can have now: it gets them from one place. */
        public int together() {
            return inOnePlace.orElse(Math.max(warehouse, stores));
        }
    }

    /** Pieces that are to come, all of them that are announced for that day. */
    record ExpectedStock(ExpectedKind kind, LocalDate dueOn, int units) {}

    /** Pieces that can be ordered before they are there. @param units that one order may have for that day */
    record OrderAhead(LocalDate dueOn, int units) {}

    /** backorder: it has been in the shop before. preorder: the first pieces are still to come. */
    enum ExpectedKind {
        backorder,
        preorder
    }

    /** Each size of a product with each of its colours; every row has one cell per colour, in the order of {@code colors}. */
    record SizeColorMatrix(ProductId productId, List<String> sizes, List<String> colors, List<MatrixRow> rows) {}

    record MatrixRow(String size, List<MatrixCell> cells) {}

    /** @param sku empty where the product is not made in that size and colour */
    record MatrixCell(
            String color, CellStatus status, Optional<Sku> sku, int available, Optional<ExpectedStock> expected) {}

    enum CellStatus {
        in_stock,
        backorder,
        preorder,
        out_of_stock,
        not_made
    }

    /** A place by the name of a city or a store of the shop, or by its coordinates in degrees (WGS 84); or nothing: every store. */
    record FindStores(Optional<String> place, Optional<Double> latitude, Optional<Double> longitude) {}

    /** @param distanceMetres as the crow flies from the place asked for, where the store's own place is known */
    record Store(LocationId storeId, String name, String city, String address, Optional<Integer> distanceMetres) {}

    record Stores(List<Store> stores) {}

    /**
     * Holds all lines or none; where {@code storeId} is empty, the warehouse first, else one store that has the line whole.
     *
     * @param insteadOf a hold with the same lines, which ends as released: its pieces pass to this one, where they lie, while it keeps
     *     them
     * @param ahead variants that may be taken from an announced delivery where no place has so many; none, where it is empty
     */
    record PlaceHold(
            HoldId holdId,
            List<Line> lines,
            Optional<LocationId> storeId,
            Optional<HoldId> insteadOf,
            Optional<List<AheadLine>> ahead,
            Instant expiresAt) {}

    /** @param dueBy the delivery must be announced for this day or an earlier one */
    record AheadLine(Sku sku, LocalDate dueBy) {}

    record RenewHold(Instant expiresAt) {}

    /** @param incoming pieces that were promised and are still to come; when they come they are lines */
    record Hold(
            HoldId holdId, HoldStatus status, List<HeldLine> lines, List<IncomingLine> incoming, Instant expiresAt) {}

    record HeldLine(Sku sku, int quantity, LocationId location) {}

    /** @param deliveryId empty, as {@code dueOn}, where no delivery brings them any more */
    record IncomingLine(Sku sku, int quantity, Optional<DeliveryId> deliveryId, Optional<LocalDate> dueOn) {}

    /** Some pieces of a hold: what is still to come is given up first. @param giveBackId such as a cancellation's */
    record GiveBack(BookingId giveBackId, List<StockLine> lines) {}

    /**
     * held: reserved and not sold. allocated: sold, taken off on_hand. released: given back (also after allocated, or before
     * the hold ever came: then a late hold answers {@code released} and holds nothing). expired: its time ran out.
     */
    enum HoldStatus {
        held,
        allocated,
        released,
        expired
    }

    /** So many pieces of one variant, as a delivery or a transfer has them. */
    record StockLine(Sku sku, int units) {}

    /** A count that is corrected by so many pieces, up or down. */
    record StockChange(Sku sku, int change) {}

    /**
     * Goods that came in.
     *
     * @param deliveryId the announced delivery that they belong to
     */
    record ReceiveStock(
            BookingId receiptId, LocationId locationId, Optional<DeliveryId> deliveryId, List<StockLine> lines) {}

    record Receipt(BookingId receiptId, LocationId locationId, Instant bookedAt, List<StockLine> lines) {}

    record AdjustStock(
            BookingId adjustmentId,
            LocationId locationId,
            AdjustmentReason reason,
            Optional<String> note,
            List<StockChange> lines) {}

    /** @param bookedBy the process that asked for it */
    record Adjustment(
            BookingId adjustmentId,
            LocationId locationId,
            AdjustmentReason reason,
            Optional<String> note,
            String bookedBy,
            Instant bookedAt,
            List<StockChange> lines) {}

    /** counted goes up or down, found up, all others down. */
    enum AdjustmentReason {
        counted,
        found,
        damaged,
        lost,
        stolen,
        lost_in_transit
    }

    /**
     * Pieces that a customer returned.
     *
     * @param locationId where they are put; the warehouse when it is not said
     * @param damaged whether nobody can sell them again: they are written off as they come in
     */
    record TakeBackReturn(
            BookingId returnId, Optional<LocationId> locationId, List<StockLine> lines, Optional<Boolean> damaged) {
        /** What can be sold again. */
        public TakeBackReturn(BookingId returnId, Optional<LocationId> locationId, List<StockLine> lines) {
            this(returnId, locationId, lines, Optional.empty());
        }
    }

    /**
     * @param status arrived: in stock. cancelled: taken off again, or never booked. Nothing is in transit here.
     * @param locationId empty where it was cancelled before it came
     */
    record ReturnedStock(
            BookingId returnId, TransferStatus status, Optional<LocationId> locationId, List<StockLine> lines) {}

    record SendTransfer(BookingId transferId, LocationId fromId, LocationId toId, List<StockLine> lines) {}

    /** @param fromId empty, as {@code toId}, where the transfer was cancelled before it came */
    record Transfer(
            BookingId transferId,
            TransferStatus status,
            Optional<LocationId> fromId,
            Optional<LocationId> toId,
            List<StockLine> lines) {}

    /**
     * in_transit: gone from one place and not yet at the other, so nobody can buy it. arrived: at its destination. cancelled: back
     * where it came from, or never sent.
     */
    enum TransferStatus {
        in_transit,
        arrived,
        cancelled
    }

    /** @param skus only these variants; empty for the whole place, and then for what comes there later too */
    record SetSafetyStock(int units, List<Sku> skus) {}

    /** @param variants how many variants keep so many pieces back there now */
    record SafetyStock(LocationId locationId, int units, int variants) {}

    record AnnounceDelivery(LocationId locationId, LocalDate dueOn, List<AnnouncedLine> lines) {}

    /** @param promisable how many may be sold before they are there; as before, and at first none, where it is not said */
    record AnnouncedLine(Sku sku, int units, Optional<Integer> promisable) {}

    /** @param locationId empty, as {@code dueOn}, where the delivery was cancelled before it was announced */
    record Delivery(
            DeliveryId deliveryId,
            DeliveryStatus status,
            Optional<LocationId> locationId,
            Optional<LocalDate> dueOn,
            List<DeliveryLine> lines) {}

    /**
     * @param promisable how many may be sold before they are there, those that are sold included
     * @param waiting how many are sold and still to come
     */
    record DeliveryLine(Sku sku, int announced, int received, int promisable, int waiting) {}

    /** Who waits for a delivery, the first served first; at most 200. @param pieces of all of them */
    record Waiting(int pieces, List<WaitingLine> lines) {}

    /** @param quantity that is still to come @param sold false while its checkout is under way */
    record WaitingLine(HoldId holdId, Sku sku, int quantity, Instant since, boolean sold) {}

    /** expected: something of it is still to come. received: everything came. cancelled: what has not come will not. */
    enum DeliveryStatus {
        expected,
        received,
        cancelled
    }

    /**
     * One variant in one place, and what moved there, the newest first.
     *
     * @param available what can be held: on hand, not held, and not kept back as safety stock
     */
    record StockCard(
            Sku sku,
            LocationId locationId,
            int onHand,
            int held,
            int safetyStock,
            int available,
            List<Movement> movements) {}

    /**
     * A row of the ledger.
     *
     * @param id grows with time, within one stock card
     */
    record Movement(
            long id,
            Instant at,
            MovementKind kind,
            int onHandChange,
            int heldChange,
            Optional<HoldId> holdId,
            Optional<BookingId> bookingId,
            Optional<AdjustmentReason> reason) {}

    /** sold is what an allocation does, for an order and for a collection alike; transferred is out or in by its sign. */
    enum MovementKind {
        received,
        adjusted,
        transferred,
        held,
        given_back,
        expired,
        sold,
        returned
    }

    /**
     * @param differences balances that are not what the ledger and the holds say, at most 100
     * @param incoming the same of what is promised and still to come
     */
    record LedgerCheck(
            Instant checkedAt,
            int balances,
            boolean addsUp,
            List<LedgerDifference> differences,
            List<IncomingDifference> incoming) {}

    record LedgerDifference(
            Sku sku,
            LocationId locationId,
            int onHand,
            int onHandByMovements,
            int held,
            int heldByMovements,
            int heldByHolds) {}

    record IncomingDifference(DeliveryId deliveryId, Sku sku, int waiting, int waitingByLedger, int waitingByHolds) {}

    /** What staff look at: at most 100 of each. @param unserved what was sold and is announced no more, the oldest first */
    record GoodsDesk(
            List<OpenTransfer> transfers,
            List<ExpectedDelivery> deliveries,
            List<BookingEntry> bookings,
            List<WaitingLine> unserved) {}

    record OpenTransfer(BookingId transferId, LocationId fromId, LocationId toId, Instant sentAt, int pieces) {}

    /** @param pieces that are to come @param promisable how many of them may be sold @param waiting how many are */
    record ExpectedDelivery(
            DeliveryId deliveryId, LocationId locationId, LocalDate dueOn, int pieces, int promisable, int waiting) {}

    /** @param locationId of a transfer, where it comes from @param pieces of an adjustment up or down, in all */
    record BookingEntry(
            BookingId bookingId,
            BookingKind kind,
            LocationId locationId,
            Optional<AdjustmentReason> reason,
            Optional<String> note,
            String bookedBy,
            Instant bookedAt,
            int pieces) {}

    enum BookingKind {
        receipt,
        adjustment,
        transfer,
        customer_return
    }

    /** @param dryRun only answers what would become of each */
    record ImportLocations(boolean dryRun, List<ImportLocation> locations) {}

    /**
     * @param latitude in degrees (WGS 84), together with {@code longitude} or not at all
     * @param safetyStock what a variant that comes there for the first time keeps back
     */
    record ImportLocation(
            LocationId locationId,
            LocationKind kind,
            String name,
            String city,
            String address,
            Optional<Double> latitude,
            Optional<Double> longitude,
            Optional<Integer> safetyStock) {}

    enum LocationKind {
        warehouse,
        store
    }

    /** @param dryRun only answers what would become of each */
    record ImportStock(boolean dryRun, List<StockCount> rows) {}

    /**
     * So many pieces of a variant are in a place. What may be left out stays as it is.
     *
     * @param productId needed where the variant is new
     * @param onHand pieces that are there, held ones included
     * @param countedAt the same count of a later moment is a new one; that of the same moment, or of none, is no news
     */
    record StockCount(
            Sku sku,
            Optional<ProductId> productId,
            Optional<String> size,
            Optional<String> color,
            LocationId locationId,
            int onHand,
            Optional<Integer> safetyStock,
            Optional<Instant> countedAt) {}

    /** @param dryRun only answers what would become of each */
    record ImportDeliveries(boolean dryRun, List<DeliveryRow> rows) {}

    /**
     * One variant of a delivery that is announced.
     *
     * @param units in all, those that have come included
     * @param promisable how many may be sold before they are there; as before, and at first none, where it is not said
     */
    record DeliveryRow(
            DeliveryId deliveryId,
            LocationId locationId,
            LocalDate dueOn,
            Sku sku,
            int units,
            Optional<Integer> promisable) {}
}
