package io.journeyman.recommendation.imports;

import io.journeyman.contracts.Recommendation.ImportProduct;
import io.journeyman.contracts.Recommendation.ImportedProduct;
import io.journeyman.contracts.Recommendation.ImportedProducts;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Takes a shop's own products into the catalogue. What is given as it is already stays untouched: not one row of it is written.
 * Good products and variants go in also where others are refused.
 */
public final class CatalogueImport {
    private final String currency;

    /** @param currency the shop's (ISO 4217); prices in another one are refused */
    public CatalogueImport(String currency) {
        this.currency = currency;
    }

    public String currency() {
        return currency;
    }

    /** In the caller's transaction. */
    public ImportedProducts take(Handle handle, List<ImportProduct> products) {
        var table = handle.attach(ImportTable.class);
        table.lock();
        var intake = new Intake(table, products, currency);
        List<ImportedProduct> results = new ArrayList<>();
        for (ImportProduct product : products) {
            results.add(intake.take(product));
        }
        intake.write();
        return new ImportedProducts(results);
    }
}
