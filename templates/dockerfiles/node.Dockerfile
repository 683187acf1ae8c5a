[# th:if="${recipe.prepares()}"]
FROM [(${recipe.buildBase()})] AS tools
WORKDIR /app
ENV [(${recipe.settings()})]
[# th:if="${recipe.manager().tool() != null}"]
# Getting [(${recipe.manager().title()})]
RUN [(${caches.mount('npm', '/root/.npm')})] npm install --global --force [(${recipe.manager().tool()})]
[/]
[/]

[# th:if="${recipe.installs()}"]
FROM tools AS dependencies
COPY [(${recipe.sourceFirst() ? '. .' : recipe.manifestList()})]
# Installing dependencies ([(${recipe.install()})])
RUN [(${caches.mount(recipe.manager().command(), recipe.manager().cache())})] [(${recipe.install()})]
[/]

[# th:if="${recipe.modules() == 'production'}"]
FROM dependencies AS production
# Removing development dependencies ([(${recipe.manager().command()})])
RUN [(${caches.mount(recipe.manager().command(), recipe.manager().cache())})] [(${recipe.prune()})]
[/]

[# th:if="${recipe.hasBuildStage()}"]
FROM [(${recipe.inPlace() ? 'dependencies' : 'tools'})] AS build
[# th:unless="${recipe.sourceFirst()}"]
COPY . .
[/]
[# th:if="${recipe.builds()}"]
# Building ([(${recipe.manager().command()})] run build)
RUN [(${recipe.buildMounts(caches)})]NODE_ENV=production [(${recipe.manager().command()})] run build
[/]
[# th:if="${recipe.inPlace() and recipe.prune() != null}"]
# Removing development dependencies ([(${recipe.manager().command()})])
RUN [(${caches.mount(recipe.manager().command(), recipe.manager().cache())})] [(${recipe.prune()})]
[/]
[/]

FROM [(${recipe.runBase()})]
[# th:if="${recipe.site() != null}"]
ENV FALLBACK=[(${recipe.site().routesItself() ? '/index.html' : 'none'})]
COPY --from=build /app/[(${recipe.site().directory()})] /srv
[/]
[# th:if="${recipe.site() == null}"]
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8080 HOME=/app PATH=/app/node_modules/.bin:$PATH
COPY --chown=1000:1000 package.json /app/
WORKDIR /app
USER 1000:1000
[# th:if="${command != null}"]
CMD [(${command})]
[/]
[# th:if="${recipe.modules() != null}"]
COPY --from=[(${recipe.modules()})] --chown=1000:1000 /app/node_modules /app/node_modules
[/]
# Copying the source
COPY [(${recipe.hasBuildStage() ? '--from=build --chown=1000:1000 /app /app' : '--chown=1000:1000 . /app'})]
[/]
