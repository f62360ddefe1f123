package io.journeyman.api.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.journeyman.api.http.ProblemException;
import io.journeyman.contracts.Contract;
import io.journeyman.contracts.ImportedRow.Result;
import io.journeyman.contracts.Json;
import io.journeyman.contracts.Recommendation.ImportRefusal;
import io.journeyman.contracts.Recommendation.ImportResult;
import io.journeyman.contracts.Recommendation.ImportedProduct;
import io.journeyman.contracts.Recommendation.ImportedProducts;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Brings a file of products to recommendation, some at a time, in the file's order. What breaks the contract's form is refused here,
 * what breaks a rule of the catalogue there, and each refusal names its line. Batches have keys of their own, so that an answer that
 * is lost is asked for again; the same file again finds most of itself unchanged.
 */
final class ProductImport implements FeedSink {
    private static final Contract CONTRACT = Contract.load("recommendation");
    private static final String PRODUCTS = "products";
    private static final String VARIANTS = "variants";
    private static final int MOST_PRODUCTS = 100;
    private static final int MOST_VARIANTS = 100;
    /** An agent reads bodies of 256 KiB. */
    private static final int MOST_BYTES = 200 * 1024;

    private static final Pattern OF_IMAGE = Pattern.compile("images\\.(\\d+)");
    private static final Pattern OF_VARIANT = Pattern.compile("variants\\.(\\d+)(?:\\.(.*))?");

    private final LastingAgent catalogue;
    private final FeedFormat format;
    private final String key;
    private final boolean dryRun;
    private final ImportReport report;

    private final List<Waiting> batch = new ArrayList<>();
    private int bytes;
    private int sent;
    private boolean away;

    private record Waiting(ObjectNode product, Lines lines) {}

    /** @param key one for the whole import: the same again does nothing twice */
    ProductImport(LastingAgent catalogue, FeedFormat format, String key, boolean dryRun, ImportReport report) {
        this.catalogue = catalogue;
        this.format = format;
        this.key = key;
        this.dryRun = dryRun;
        this.report = report;
        report.count(PRODUCTS, 0, 0, 0);
        report.count(VARIANTS, 0, 0, 0);
    }

    /** @throws ProblemException when the key was used for another file, and when the body is larger than it may be */
    void read(InputStream file, String currency) throws IOException {
        try {
            try {
                format.read(file, currency, this);
            } catch (FeedUnreadable e) {
                report.stopped(e.line(), e.getMessage());
            }
            send();
        } catch (LastingAgent.Away e) {
            report.stopped(batch.getFirst().lines().product(), e.getMessage());
        }
        // who still sends does not hear the answer yet
        file.transferTo(OutputStream.nullOutputStream());
    }

    @Override
    public void refused(Refusal refusal) {
        report.goOn(refusal.line());
        report.refused(refusal);
    }

    @Override
    public void product(ObjectNode product, Lines lines) {
        report.goOn(lines.product());
        take(product, lines);
    }

    private void take(ObjectNode product, Lines lines) {
        int variants = product.path("variants").size();
        if (variants > MOST_VARIANTS) {
            split(product, lines, MOST_VARIANTS);
            return;
        }
        if (!check(product, lines)) {
            return;
        }
        Lines good = kept(product, lines);
        int size = Json.write(product).getBytes(StandardCharsets.UTF_8).length;
        if (size > MOST_BYTES && good.variants().size() > 1) {
            split(product, good, good.variants().size() / 2);
            return;
        }
        if (size > MOST_BYTES) {
            refuse(product, good, "row", "has more than " + MOST_BYTES / 1024 + " KiB");
            return;
        }
        if (batch.size() == MOST_PRODUCTS || bytes + size > MOST_BYTES) {
            send();
        }
        batch.add(new Waiting(product, good));
        bytes += size + 1;
    }

    /** In two, of which the second one is further variants of the first. */
    private void split(ObjectNode product, Lines lines, int at) {
        var all = (ArrayNode) product.path("variants");
        take(part(product, all, 0, at, product.path("continued").asBoolean()), lines.part(0, at));
        take(part(product, all, at, all.size(), true), lines.part(at, all.size()));
    }

    private static ObjectNode part(ObjectNode product, ArrayNode all, int from, int to, boolean continued) {
        ObjectNode part = product.objectNode().setAll(product);
        ArrayNode variants = part.put("continued", continued).putArray("variants");
        for (int i = from; i < to; i++) {
            variants.add(all.get(i));
        }
        return part;
    }

    /** Takes out the variants that break the contract; false when the whole product does, or nothing of it is left. */
    private boolean check(ObjectNode product, Lines lines) {
        Map<Integer, List<Contract.Violation>> ofVariants = new TreeMap<>(Comparator.reverseOrder());
        for (Contract.Violation violation : CONTRACT.checkSchema("ImportProduct", product.toString())) {
            Matcher variant = OF_VARIANT.matcher(violation.field());
            Matcher image = OF_IMAGE.matcher(violation.field());
            if (image.matches()) {
                // a product is worth more than one of its pictures
                report.refused(refusal(product, lines, violation.field(), violation.message()));
                ((ArrayNode) product.path("images")).setNull(Integer.parseInt(image.group(1)));
            } else if (!variant.matches()) {
                refuse(product, lines, violation.field(), violation.message());
                return false;
            } else {
                ofVariants
                        .computeIfAbsent(Integer.valueOf(variant.group(1)), n -> new ArrayList<>())
                        .add(new Contract.Violation(
                                Optional.ofNullable(variant.group(2)).orElse(""), violation.message()));
            }
        }
        var variants = (ArrayNode) product.path("variants");
        ofVariants.forEach((n, violations) -> {
            String sku = variants.get(n).path("sku").asText();
            violations.forEach(violation -> report.refused(
                    new Refusal(lines.variants().get(n), sku, column(violation.field()), violation.message())));
            variants.setNull(n);
        });
        if (ofVariants.size() == lines.variants().size()) {
            countRefused(product);
            return false;
        }
        return true;
    }

    /** Leaves out what {@link #check} took out, and tells where the variants stand that are left. */
    private static Lines kept(ObjectNode product, Lines lines) {
        var variants = (ArrayNode) product.path("variants");
        List<Long> kept = new ArrayList<>();
        for (int i = 0; i < variants.size(); i++) {
            if (!variants.get(i).isNull()) {
                kept.add(lines.variants().get(i));
            }
        }
        variants.removeIf(JsonNode::isNull);
        ((ArrayNode) product.path("images")).removeIf(JsonNode::isNull);
        return new Lines(lines.product(), kept);
    }

    private void refuse(ObjectNode product, Lines lines, String field, String reason) {
        report.refused(refusal(product, lines, field, reason));
        countRefused(product);
    }

    private Refusal refusal(ObjectNode product, Lines lines, String field, String reason) {
        return new Refusal(lines.product(), product.path("productId").asText(), column(field), reason);
    }

    private void countRefused(ObjectNode product) {
        if (!product.path("continued").asBoolean()) {
            report.refusedWhole();
        }
    }

    /** {@code price.minor} is a price. */
    private String column(String field) {
        return field.isEmpty() ? "row" : format.column(field.replaceFirst("\\..*", ""));
    }

    private void send() {
        if (batch.isEmpty() || away) {
            return;
        }
        ObjectNode body = Json.mapper().createObjectNode().put("dryRun", dryRun);
        ArrayNode products = body.putArray("products");
        batch.forEach(waiting -> products.add(waiting.product()));
        ImportedProducts answer = taken(body);
        for (int i = 0; i < batch.size(); i++) {
            account(batch.get(i), answer.products().get(i));
        }
        batch.clear();
        bytes = 0;
        sent++;
    }

    private ImportedProducts taken(ObjectNode body) {
        try {
            return catalogue.change(
                    "importProducts", "/products/import", key + "-" + sent, body, ImportedProducts.class);
        } catch (LastingAgent.Away e) {
            away = true;
            throw e;
        }
    }

    private void account(Waiting waiting, ImportedProduct result) {
        // the first rows of a product may all have been refused: then further ones are what makes it
        boolean counted =
                waiting.product().path("continued").asBoolean() && (dryRun || result.result() != ImportResult.created);
        report.count(VARIANTS, result.variantsCreated(), result.variantsChanged(), result.variantsUnchanged());
        if (!counted) {
            report.count(PRODUCTS, Result.valueOf(result.result().name()));
        }
        for (ImportRefusal refusal : result.refusals()) {
            report.refused(new Refusal(
                    refusal.sku()
                            .map(sku -> line(waiting, sku.value()))
                            .orElse(waiting.lines().product()),
                    refusal.sku()
                            .map(Object::toString)
                            .orElse(result.productId().value()),
                    column(refusal.field()),
                    refusal.reason()));
        }
    }

    private static long line(Waiting waiting, String sku) {
        var variants = waiting.product().path("variants");
        for (int i = 0; i < variants.size(); i++) {
            if (variants.get(i).path("sku").asText().equals(sku)) {
                return waiting.lines().variants().get(i);
            }
        }
        return waiting.lines().product();
    }
}
