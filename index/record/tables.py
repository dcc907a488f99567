"""The record's tables, as SQLAlchemy Core sees them. Shapes only: reading and writing is `record`.

Texts are stored once, in `articles`; a chunk is a span of that text with its embedding text and its embedding (float32,
little-endian bytes). `changes` keeps, for each article id ever seen, the generation that changed it last: that is all
an index needs to catch up, deletions included, and it never grows beyond one row an article.
"""

from sqlalchemy import JSON, Column, Date, DateTime, ForeignKey, Index, Integer, LargeBinary, MetaData, Table, Text

SCHEMA = "1"

metadata = MetaData()

# What the corpus is: schema, corpus_id, embedder, dim, chunking, generation.
facts = Table("dateline_facts", metadata, Column("name", Text, primary_key=True), Column("value", Text, nullable=False))

articles = Table(
    "articles",
    metadata,
    Column("article_id", Text, primary_key=True),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("publisher", Text),
    Column("author", Text),
    Column("published", Date),
    Column("updated", Date),
    Column("ingested", DateTime, nullable=False),
    Column("dateline_place", Text),
    Column("url", Text),
    Column("path", Text),
    Column("language", Text),
    Column("origins", JSON, nullable=False),
    Column("metadata", JSON, nullable=False),
    Column("content_hash", Text, nullable=False),
    Column("n_chunks", Integer, nullable=False),
)

chunks = Table(
    "chunks",
    metadata,
    Column("chunk_id", Text, primary_key=True),
    Column("article_id", Text, ForeignKey("articles.article_id", ondelete="CASCADE"), nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("n_tokens", Integer, nullable=False),
    Column("embedding_text", Text, nullable=False),
    Column("embedding", LargeBinary, nullable=False),
    Index("chunks_of_article", "article_id"),
)

changes = Table(
    "changes",
    metadata,
    Column("article_id", Text, primary_key=True),
    Column("generation", Integer, nullable=False),
    Index("changes_since", "generation"),
)
