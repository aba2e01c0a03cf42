"""workers act on time: they open what is due and send what is owed. The only house that knows arq."""
