package io.journeyman.activities.conversation;

import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.ImportedRow;
import io.journeyman.contracts.ImportedRow.Result;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Who speaks from where, so that a message from any channel finds its customer's one conversation. The shop's files say it, and a
 * customer who signs in there, whose word weighs more; whom nobody has named is a guest. Callers take an alias from a bridge or from
 * staff, never from a customer.
 */
public final class ChannelAliases {
    public static final int MOST_OF_CUSTOMER = 20;

    private static final String NAMED = "WHERE channel = :channel AND value = :value";

    private final Jdbi jdbi;
    private final ConversationStore store;
    private final InstantSource clock;

    /** @param jdbi of the owner {@code conversation} */
    public ChannelAliases(Jdbi jdbi, ConversationStore store, InstantSource clock) {
        this.jdbi = jdbi;
        this.store = store;
        this.clock = clock;
    }

    /** A row of a shop's file. */
    public record Said(CustomerId customer, ChannelAlias alias) {}

    private record Standing(Optional<CustomerId> customer, Optional<String> guest, String saidBy) {
        Speaker speaker() {
            return customer.<Speaker>map(Speaker.Known::new).orElseGet(() -> new Speaker.Unknown(guest.orElseThrow()));
        }
    }

    /** Somebody unknown is a guest from now on, the same one whenever they are asked for. */
    public Speaker speaker(ChannelAlias alias) {
        return jdbi.withHandle(handle -> find(handle, alias)
                .orElseGet(() -> {
                    handle.createUpdate("""
                                    INSERT INTO channel_alias (channel, value, guest_id, said_by, said_at)
                                    VALUES (:channel, :value, :guest, 'bridge', :now) ON CONFLICT DO NOTHING""")
                            .bindMethods(alias)
                            .bind("guest", "guest-" + UUID.randomUUID())
                            .bind("now", clock.instant())
                            .execute();
                    return find(handle, alias).orElseThrow();
                })
                .speaker());
    }

    /**
     * A customer signed in there, so from now on it is they who speak from it, whoever did before; what a guest had said there joins
     * their conversation. Repeating changes nothing.
     *
     * @return false when the customer has {@value #MOST_OF_CUSTOMER} others already, and nothing changed
     */
    public boolean signedIn(ChannelAlias alias, CustomerId customer) {
        return jdbi.inTransaction(handle -> {
            lock(handle);
            Optional<Standing> before = find(handle, alias);
            boolean theirs = before.flatMap(Standing::customer).equals(Optional.of(customer));
            if (!theirs && isFull(handle, customer)) {
                return false;
            }
            name(handle, alias, customer, before, "sign_in");
            return true;
        });
    }

    /** @param dryRun only tells what would come of it */
    public List<ImportedRow> take(List<Said> rows, boolean dryRun) {
        return jdbi.withHandle(handle -> {
            handle.begin();
            boolean kept = false;
            try {
                lock(handle);
                List<ImportedRow> results =
                        rows.stream().map(row -> take(handle, row)).toList();
                if (!dryRun) {
                    handle.commit();
                    kept = true;
                }
                return results;
            } finally {
                if (!kept) {
                    handle.rollback();
                }
            }
        });
    }

    private ImportedRow take(Handle handle, Said row) {
        Optional<Standing> before = find(handle, row.alias());
        Optional<CustomerId> known = before.flatMap(Standing::customer);
        if (known.equals(Optional.of(row.customer()))) {
            return ImportedRow.of(Result.unchanged);
        }
        if (before.filter(standing -> standing.saidBy().equals("sign_in")).isPresent()) {
            return ImportedRow.refused("alias", "is of another customer, who signed in there");
        }
        if (isFull(handle, row.customer())) {
            return ImportedRow.refused("customerId", "has " + MOST_OF_CUSTOMER + " aliases already");
        }
        name(handle, row.alias(), row.customer(), before, "import");
        return ImportedRow.of(known.isPresent() ? Result.changed : Result.created);
    }

    private void name(
            Handle handle, ChannelAlias alias, CustomerId customer, Optional<Standing> before, String saidBy) {
        before.flatMap(Standing::guest).ifPresent(guest -> store.merge(handle, guest, customer));
        handle.createUpdate("""
                        INSERT INTO channel_alias (channel, value, customer_id, said_by, said_at)
                        VALUES (:channel, :value, :customer, :saidBy, :now)
                        ON CONFLICT (channel, value) DO UPDATE SET
                            customer_id = excluded.customer_id, guest_id = NULL, said_by = excluded.said_by, said_at = excluded.said_at
                        WHERE (channel_alias.customer_id, channel_alias.said_by) IS DISTINCT FROM (excluded.customer_id, excluded.said_by)""")
                .bindMethods(alias)
                .bind("customer", customer)
                .bind("saidBy", saidBy)
                .bind("now", clock.instant())
                .execute();
    }

    /** A guest signed in elsewhere: where they had spoken as a guest, they speak as the customer from now on. */
    static void guestSignedIn(Handle handle, String guestId, CustomerId customer, InstantSource clock) {
        handle.createUpdate("""
                        UPDATE channel_alias SET customer_id = :customer, guest_id = NULL, said_by = 'sign_in', said_at = :now
                        WHERE guest_id = :guest""")
                .bind("customer", customer)
                .bind("guest", guestId)
                .bind("now", clock.instant())
                .execute();
    }

    private static Optional<Standing> find(Handle handle, ChannelAlias alias) {
        return handle.createQuery("SELECT customer_id, guest_id, said_by FROM channel_alias " + NAMED)
                .bindMethods(alias)
                .map((row, context) -> new Standing(
                        Optional.ofNullable(row.getString(1)).map(CustomerId::new),
                        Optional.ofNullable(row.getString(2)),
                        row.getString(3)))
                .findOne();
    }

    private static boolean isFull(Handle handle, CustomerId customer) {
        return handle.createQuery("SELECT count(*) FROM channel_alias WHERE customer_id = :customer")
                        .bind("customer", customer)
                        .mapTo(Integer.class)
                        .one()
                >= MOST_OF_CUSTOMER;
    }

    /** Conversations may be joined, each under its own lock: one after another, nobody waits for somebody who waits for them. */
    private static void lock(Handle handle) {
        handle.execute("SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || '/channel_alias', 0))");
    }
}
