package io.journeyman.contracts;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** No nulls across a boundary: a list, set or map that is null or missing in the JSON is read as an empty one. */
final class NonNullModule extends SimpleModule {
    NonNullModule() {
        super("journeyman-non-null");
    }

    @Override
    public void setupModule(SetupContext context) {
        super.setupModule(context);
        for (Class<?> type : List.of(List.class, Set.class, Map.class)) {
            context.configOverride(type).setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY, Nulls.SKIP));
        }
    }
}
