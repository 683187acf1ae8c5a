[# th:if="${recipe.installs()}"]
FROM [(${recipe.buildBase()})] AS dependencies
WORKDIR /app
ENV [(${recipe.settings()})]
[# th:if="${recipe.usesUv()}"]
# Getting uv
RUN [(${caches.mount('pip', '/root/.cache/pip')})] pip install uv
[/]
COPY [(${recipe.sourceFirst() ? '. .' : recipe.manifestList()})]
# Installing dependencies ([(${recipe.install()})])
RUN [(${caches.mount(recipe.tool(), recipe.cache())})] [(${recipe.installSteps()})]
[# th:if="${recipe.addedList() != ''}"]
# Installing [(${recipe.addedList()})]
RUN [(${caches.mount(recipe.tool(), recipe.cache())})] [(${recipe.add()})]
[/]
[/]

[# th:if="${recipe.installsProject()}"]
FROM dependencies AS package
COPY . .
# Installing the project (uv sync)
RUN [(${caches.mount(recipe.tool(), recipe.cache())})] [(${recipe.installProject()})]
[/]

FROM [(${recipe.runBase()})]
ENV PYTHONUNBUFFERED=1 PORT=8080 HOME=/app PATH=/opt/venv/bin:$PATH
COPY --chown=1000:1000 [(${recipe.first()})]
WORKDIR /app
USER 1000:1000
[# th:if="${command != null}"]
CMD [(${command})]
[/]
[# th:if="${recipe.installs()}"]
COPY --from=[(${recipe.environmentStage()})] /opt/venv /opt/venv
[/]
# Copying the source
COPY --chown=1000:1000 . /app
[# th:if="${recipe.collectsStatic()}"]
# Collecting static files (manage.py collectstatic)
RUN SECRET_KEY=only-while-building python manage.py collectstatic --noinput
[/]
