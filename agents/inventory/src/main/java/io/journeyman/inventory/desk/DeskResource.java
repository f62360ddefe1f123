package io.journeyman.inventory.desk;

import io.journeyman.contracts.Inventory.GoodsDesk;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jdbi.v3.core.Jdbi;

/** What staff look at, over HTTP. */
@Path("/desk")
@Produces(MediaType.APPLICATION_JSON)
public final class DeskResource {
    private static final int MOST = 100;

    private final Jdbi jdbi;

    public DeskResource(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @GET
    public GoodsDesk getGoodsDesk() {
        return jdbi.withExtension(
                DeskTable.class,
                desk -> new GoodsDesk(
                        desk.onTheirWay(MOST), desk.toCome(MOST), desk.latest(MOST), desk.unserved(MOST)));
    }
}
