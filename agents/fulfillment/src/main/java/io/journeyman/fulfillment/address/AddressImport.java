package io.journeyman.fulfillment.address;

import io.journeyman.contracts.Address;
import io.journeyman.contracts.Fulfillment.CustomerAddress;
import io.journeyman.contracts.Fulfillment.ImportAddresses;
import io.journeyman.contracts.ImportedRow;
import io.journeyman.contracts.ImportedRow.Result;
import io.journeyman.contracts.ImportedRows;
import io.journeyman.kit.Call;
import io.journeyman.kit.Idempotency;
import io.journeyman.kit.ProblemException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** A shop's own customers' addresses come in. What the row says counts, unless the customer gave another one later. */
@Path("/addresses/import")
@Produces(MediaType.APPLICATION_JSON)
public final class AddressImport {
    private final Idempotency idempotency;
    private final InstantSource clock;

    public AddressImport(Idempotency idempotency, InstantSource clock) {
        this.idempotency = idempotency;
        this.clock = clock;
    }

    @POST
    public Response importAddresses(@Context Call call, ImportAddresses asked) {
        return idempotency.onceOrRehearsed(call, asked.dryRun(), handle -> taken(handle, asked.rows()));
    }

    private ImportedRows taken(Handle handle, List<CustomerAddress> rows) {
        var table = handle.attach(SavedAddressTable.class);
        table.lock();
        return new ImportedRows(rows.stream().map(row -> taken(table, row)).toList());
    }

    private ImportedRow taken(SavedAddressTable table, CustomerAddress row) {
        Address address;
        try {
            address = AddressCheck.checked(new Address(row.name(), row.line1(), row.city(), row.pincode()));
        } catch (ProblemException invalid) {
            return ImportedRow.refused("address", invalid.problem().detail());
        }
        Instant now = clock.instant();
        if (row.givenAt().filter(now::isBefore).isPresent()) {
            return ImportedRow.refused("givenAt", "is in the future");
        }
        Optional<Address> before = table.find(row.customerId());
        if (before.equals(Optional.of(address)) || !table.bring(row.customerId(), address, row.givenAt(), now)) {
            return ImportedRow.of(Result.unchanged);
        }
        return ImportedRow.of(before.isPresent() ? Result.changed : Result.created);
    }
}
