package io.journeyman.recommendation.warranty;

import io.journeyman.contracts.Problem;
import io.journeyman.contracts.Recommendation.WarrantyRule;
import io.journeyman.contracts.Recommendation.WarrantyRules;
import io.journeyman.kit.Call;
import io.journeyman.kit.Idempotency;
import io.journeyman.kit.ProblemException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** For how long the shop answers for what it sells, by category. What was ordered before keeps what it was sold with. */
@Path("/warranty-rules")
public final class WarrantyResource {
    interface Rules {
        @SqlQuery("SELECT category, months FROM warranty_rule ORDER BY category COLLATE \"C\"")
        List<WarrantyRule> all();

        /** Whoever else sets them waits. */
        @SqlUpdate("LOCK TABLE warranty_rule IN SHARE ROW EXCLUSIVE MODE")
        void lock();

        @SqlUpdate("DELETE FROM warranty_rule")
        void clear();

        @SqlUpdate("INSERT INTO warranty_rule VALUES (:category, :months)")
        void add(@BindMethods WarrantyRule rule);
    }

    private final Jdbi jdbi;
    private final Idempotency idempotency;

    public WarrantyResource(Jdbi jdbi, Idempotency idempotency) {
        this.jdbi = jdbi;
        this.idempotency = idempotency;
    }

    @GET
    public WarrantyRules getWarrantyRules() {
        return jdbi.withExtension(Rules.class, rules -> new WarrantyRules(rules.all()));
    }

    /** @throws ProblemException rules_unusable */
    @PUT
    public Response setWarrantyRules(@Context Call call, WarrantyRules wanted) {
        return idempotency.once(call, 200, handle -> {
            var categories = wanted.rules().stream()
                    .map(WarrantyRule::category)
                    .distinct()
                    .toList();
            boolean usable = categories.size() == wanted.rules().size()
                    && categories.stream().allMatch(name -> name.equals(name.toLowerCase(Locale.ROOT)));
            if (!usable) {
                throw new ProblemException(
                        Problem.of(422, "rules_unusable", "Each category is named once, in small letters."));
            }
            var rules = handle.attach(Rules.class);
            rules.lock();
            rules.clear();
            wanted.rules().forEach(rules::add);
            return new WarrantyRules(rules.all());
        });
    }
}
