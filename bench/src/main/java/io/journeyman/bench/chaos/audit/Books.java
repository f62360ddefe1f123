package io.journeyman.bench.chaos.audit;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Questions to the shop's database. */
record Books(Connection database) {
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    <T> List<T> rows(String query, Row<T> row) throws SQLException {
        try (var statement = database.createStatement();
                var rows = statement.executeQuery(query)) {
            var found = new ArrayList<T>();
            while (rows.next()) {
                found.add(row.read(rows));
            }
            return found;
        }
    }

    /**
     * The first column of each row: with a query that finds what must not be, its violations as sentences. One that lacks a word is no less
     * a violation.
     */
    List<String> texts(String query) throws SQLException {
        return rows(
                query,
                row -> Optional.ofNullable(row.getString(1)).orElse("something without words is found by " + query));
    }

    Set<String> set(String query) throws SQLException {
        return new TreeSet<>(texts(query));
    }

    long count(String table) throws SQLException {
        return rows("SELECT count(*) FROM " + table, row -> row.getLong(1)).getFirst();
    }
}
