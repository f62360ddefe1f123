package io.journeyman.bench.chaos.audit;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Promise 6: every column of every table and every other file of the shop for card numbers, every row that has an owner for its owner. */
final class KeptPrivate {
    /** Customers of a run live here, each in a house of their own: its number names them. */
    private static final Pattern HOUSE = Pattern.compile("(\\d+) Park Street");

    private static final int SHORTEST_CARD = 13;
    private static final int LONGEST_RUN = 200;

    private static final List<String> OWNERS = List.of("""
            SELECT 'event ' || seq || ' of ' || e.conversation_id || ' tells of ' || workflow_id || ', which is another''s'
            FROM conversation.event e JOIN conversation.journey j USING (workflow_id)
            WHERE e.conversation_id <> j.conversation_id""", """
            SELECT 'order ' || order_id || ' of ' || o.customer_id || ' belongs to the conversation of ' || coalesce(c.customer_id, 'a guest')
            FROM post_purchase.placed_order o JOIN conversation.conversation c ON c.id = conversation_id
            WHERE c.customer_id IS DISTINCT FROM o.customer_id""", """
            SELECT 'quote ' || q.id || ' of ' || q.customer_id || ' belongs to the conversation of ' || coalesce(c.customer_id, 'a guest')
            FROM conversation.quote q JOIN conversation.conversation c ON c.id = conversation_id
            WHERE c.customer_id IS DISTINCT FROM q.customer_id""", """
            SELECT 'proposal ' || p.id || ' shows a quote of another conversation'
            FROM conversation.proposal p JOIN conversation.quote q ON q.id = quote_id
            WHERE p.conversation_id <> q.conversation_id""", """
            SELECT 'attempt ' || a.order_id || '/' || attempt || ' of ' || a.customer_id || ' pays the order of ' || o.customer_id
            FROM payment.attempt a JOIN post_purchase.placed_order o USING (order_id) WHERE a.customer_id <> o.customer_id""", """
            SELECT 'attempt ' || order_id || '/' || attempt || ' of ' || a.customer_id || ' uses the card of ' || t.customer_id
            FROM payment.attempt a JOIN payment.card_token t USING (token) WHERE a.customer_id <> t.customer_id""", """
            SELECT 'store credit of ' || u.customer_id || ' pays the order of ' || o.customer_id
            FROM payment.credit_use u JOIN post_purchase.placed_order o USING (order_id) WHERE u.customer_id <> o.customer_id""", """
            SELECT 'benefits ' || b.order_id || ' of ' || b.customer_id || ' belong to the order of ' || o.customer_id
            FROM loyalty.benefits b JOIN post_purchase.placed_order o ON o.order_id = split_part(b.order_id, '.', 1)
            WHERE b.customer_id <> o.customer_id""");

    private KeptPrivate() {}

    static Tally check(Evidence evidence) throws SQLException {
        var tally = new Tally();
        searchTables(evidence, tally);
        searchFiles(evidence, tally);
        for (var question : OWNERS) {
            tally.broken(evidence.books().texts(question));
        }
        searchTexts(evidence, tally);
        return tally;
    }

    private static void searchTables(Evidence evidence, Tally tally) throws SQLException {
        var books = evidence.books();
        var numbers = evidence.cardNumbers().stream()
                .map(number -> "'%" + number + "%'")
                .collect(Collectors.joining(",", "ARRAY[", "]::text[]"));
        for (var table : books.texts("""
                SELECT quote_ident(table_schema) || '.' || quote_ident(table_name) FROM information_schema.tables
                WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')""")) {
            tally.checked(books.count(table));
            tally.broken(books.texts("""
                    SELECT 'table %1$s holds a card number in ' || count(*) || ' rows' FROM %1$s row
                    WHERE regexp_replace(row::text, '[ -]', '', 'g') LIKE ANY (%2$s)
                    HAVING count(*) > 0""".formatted(table, numbers)));
        }
    }

    private static void searchFiles(Evidence evidence, Tally tally) {
        // the files of Postgres are read as tables; as bytes their maps of free space look like digits
        var postgres = evidence.folder().resolve("data").resolve("postgres");
        try {
            Files.walkFileTree(evidence.folder(), new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes any) {
                    return folder.equals(postgres) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes any) throws IOException {
                    var found = numbersIn(file, evidence.cardNumbers());
                    tally.expect(
                            found.isEmpty(),
                            "file %s holds a card number that ends in %s"
                                    .formatted(evidence.folder().relativize(file), found));
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The last four digits of those that stand in the file, whatever else it holds; spaces and dashes are passed over. */
    private static Set<String> numbersIn(Path file, Set<String> numbers) throws IOException {
        var found = new TreeSet<String>();
        var run = new StringBuilder();
        try (var bytes = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            for (int next = bytes.read(); next >= 0; next = bytes.read()) {
                if (next >= '0' && next <= '9') {
                    run.append((char) next);
                    if (run.length() > LONGEST_RUN) {
                        look(run, numbers, found);
                        run.delete(0, run.length() - 20);
                    }
                } else if (!run.isEmpty() && next != ' ' && next != '-') {
                    look(run, numbers, found);
                    run.setLength(0);
                }
            }
        }
        look(run, numbers, found);
        return found;
    }

    private static void look(StringBuilder run, Set<String> numbers, Set<String> found) {
        if (run.length() >= SHORTEST_CARD) {
            numbers.stream()
                    .filter(number -> run.indexOf(number) >= 0)
                    .map(number -> number.substring(number.length() - 4))
                    .forEach(found::add);
        }
    }

    /** What is said in a conversation, and where its orders go: only to the customer's own house. */
    private static void searchTexts(Evidence evidence, Tally tally) throws SQLException {
        record Text(String what, String customer, String text) {}
        var houses = evidence.customers().stream()
                .collect(Collectors.toMap(
                        customer -> customer.customerId(),
                        customer -> String.valueOf(customer.house()),
                        (one, same) -> one));
        for (var said :
                evidence.books().rows("""
                SELECT 'event ' || seq || ' of ' || conversation_id, customer_id, body::text
                FROM conversation.event JOIN conversation.conversation ON id = conversation_id WHERE customer_id IS NOT NULL
                UNION ALL SELECT 'order ' || order_id, customer_id, line1
                FROM post_purchase.order_address JOIN post_purchase.placed_order USING (order_id)
                UNION ALL SELECT 'the saved address', customer_id, line1 FROM fulfillment.saved_address""", row -> new Text(row.getString(1), row.getString(2), row.getString(3)))) {
            tally.checked(1);
            var house = houses.getOrDefault(said.customer(), "");
            tally.broken(HOUSE.matcher(said.text())
                    .results()
                    .filter(found -> !found.group(1).equals(house))
                    .map(found -> "%s of %s names house %s".formatted(said.what(), said.customer(), found.group(1)))
                    .toList());
        }
    }
}
