package dev.vitals.health.monitor.web;

import dev.vitals.health.monitor.access.Actor;
import dev.vitals.health.monitor.access.Permission;
import dev.vitals.health.monitor.access.Role;
import dev.vitals.health.monitor.access.Scope;
import dev.vitals.health.monitor.access.Users;
import dev.vitals.health.monitor.model.Fields;
import dev.vitals.health.monitor.model.Secret;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** Adds, changes, lists and removes the users who may log in. */
public final class UserRoutes implements Routes {
    private static final String USERS = "/api/v1/users";
    private static final String USER = "/api/v1/users/{name}";

    private final Users users;

    /** Works on these users. */
    public UserRoutes(Users users) {
        this.users = users;
    }

    private record UserAnswer(String name, Role role, List<String> selectors, Instant created, Instant changed) {
        static UserAnswer of(Users.User user) {
            return new UserAnswer(user.name(), user.role(), user.selectors(), user.created(), user.changed());
        }
    }

    private record UserList(List<UserAnswer> users) {}

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(USERS, Permission.ADMIN, this::list, "List the users").answers(200, "Users"),
                Route.post(USERS, Permission.ADMIN, this::add, "Add a user")
                        .takes("UserRequest")
                        .answers(201, Route.Contract.NOTHING),
                Route.put(
                                USER + "/password",
                                Permission.ADMIN,
                                this::password,
                                "Change a password, ending all sessions")
                        .takes("PasswordRequest")
                        .answers(204, Route.Contract.NOTHING),
                Route.put(USER + "/role", Permission.ADMIN, this::role, "Change a role, ending all sessions")
                        .takes("RoleRequest")
                        .answers(204, Route.Contract.NOTHING),
                Route.delete(USER, Permission.ADMIN, this::remove, "Remove a user, ending all sessions")
                        .answers(204, Route.Contract.NOTHING));
    }

    private void list(Context context) {
        JsonResponse.write(
                context, new UserList(users.list().stream().map(UserAnswer::of).toList()));
    }

    private void add(Context context) throws IOException {
        Fields fields = RequestBody.fields(context);
        String name = fields.anyText("name");
        String role = fields.anyText("role");
        List<String> selectors = fields.texts("selectors", Scope.ENTRIES);
        Secret password = LoginRoutes.password(fields);
        fields.refuseOthers();
        fields.errors().check();
        AsyncResponse.write(context, users.add(name, role, selectors, password, actor(context)), added -> {
            if (!added) {
                throw Problem.of(409, "there is already a user " + name).exception();
            }
            context.status(201);
        });
    }

    private void password(Context context) throws IOException {
        Fields fields = RequestBody.fields(context);
        Secret password = LoginRoutes.password(fields);
        fields.refuseOthers();
        fields.errors().check();
        AsyncResponse.write(
                context,
                users.password(context.pathParam("name"), password, actor(context)),
                existed -> done(context, existed));
    }

    private void role(Context context) throws IOException {
        Fields fields = RequestBody.fields(context);
        String role = fields.anyText("role");
        List<String> selectors = fields.texts("selectors", Scope.ENTRIES);
        fields.refuseOthers();
        fields.errors().check();
        done(context, users.role(context.pathParam("name"), role, selectors, actor(context)));
    }

    private void remove(Context context) {
        done(context, users.remove(context.pathParam("name"), actor(context)));
    }

    private static Actor actor(Context context) {
        return Gatekeeper.caller(context).actor();
    }

    private static void done(Context context, boolean existed) {
        if (!existed) {
            throw Problem.of(404, "there is no user of that name").exception();
        }
        context.status(204);
    }
}
