package io.journeyman.api.imports;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/** A form in which shops have their products. */
public enum FeedFormat {
    /** Google Merchant Center's feed, RSS 2.0 or Atom (support.google.com/merchants/answer/7052112). */
    google_xml,

    /** The same as text, parted by tabs. */
    google_tsv,

    /** What Shopify's admin exports (help.shopify.com/en/manual/products/import-export/using-csv), with its older or newer headings. */
    shopify_csv,

    /** A product in each line, in JSON, as the contract of recommendation has it. */
    jsonl;

    public static Optional<FeedFormat> named(String name) {
        return Arrays.stream(values())
                .filter(format -> format.name().equals(name))
                .findFirst();
    }

    /**
     * Reads a file to its end, or to where it cannot be read on, and keeps no more of it than a product.
     *
     * @param currency of the prices that name none
     */
    void read(InputStream file, String currency, FeedSink sink) throws IOException, FeedUnreadable {
        switch (this) {
            case google_xml -> new GoogleXml(new GoogleItems(currency, sink)).read(file);
            case google_tsv -> new GoogleTsv(new GoogleItems(currency, sink), sink).read(file);
            case shopify_csv -> new ShopifyCsv(currency, sink).read(file);
            case jsonl -> new ProductLines(currency, sink).read(file);
        }
    }

    /** What a field of the contract is called in the file. */
    String column(String field) {
        return switch (this) {
            case google_xml, google_tsv -> GoogleItems.COLUMNS.getOrDefault(field, field);
            case shopify_csv -> ShopifyCsv.COLUMNS.getOrDefault(field, field);
            case jsonl -> field;
        };
    }
}
