package io.journeyman.fulfillment.origin;

import io.journeyman.contracts.Fulfillment.ImportOrigins;
import io.journeyman.contracts.Fulfillment.Origin;
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
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** A shop says of its own warehouses and stores where they are, and which hand orders over. */
@Path("/origins/import")
@Produces(MediaType.APPLICATION_JSON)
public final class OriginImport {
    private final Idempotency idempotency;
    private final InstantSource clock;

    public OriginImport(Idempotency idempotency, InstantSource clock) {
        this.idempotency = idempotency;
        this.clock = clock;
    }

    @POST
    public Response importOrigins(@Context Call call, ImportOrigins asked) {
        return idempotency.onceOrRehearsed(call, asked.dryRun(), handle -> taken(handle, asked.rows()));
    }

    private ImportedRows taken(Handle handle, List<Origin> rows) {
        var table = handle.attach(OriginTable.class);
        return new ImportedRows(rows.stream().map(row -> taken(table, row)).toList());
    }

    private ImportedRow taken(OriginTable table, Origin row) {
        Origin place;
        try {
            place = OriginCheck.checked(row);
        } catch (ProblemException wrong) {
            var problem = wrong.problem();
            return ImportedRow.refused(
                    problem.code().equals(OriginCheck.PINCODE_UNKNOWN) ? "pincode" : "opens", problem.detail());
        }
        Optional<Origin> before = table.find(place.locationId());
        if (before.equals(Optional.of(place))) {
            return ImportedRow.of(Result.unchanged);
        }
        table.put(place, clock.instant());
        return ImportedRow.of(before.isPresent() ? Result.changed : Result.created);
    }
}
