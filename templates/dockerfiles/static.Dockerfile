FROM [(${recipe.runBase()})]
ENV FALLBACK=[(${recipe.fallback()})]
# Copying the files
COPY [(${recipe.copied()})]
